// Shifts by different amounts beside other operations, as straight-line code that a compiler may turn into vectors: the fixed-point
// rotations of discrete cosine transforms.
#include <cstdio>

__host__ __device__ int rounded(int x) { return (x + 0x1000) >> 13; }
__host__ __device__ short high(int x) { return (short)((x + 0x8000) >> 16); }
__host__ __device__ unsigned pack(int low, int top) { return (unsigned short)high(low) | (unsigned)high(top) << 16; }

__host__ __device__ void rotate(unsigned* v) {
  const int a = (short)v[0], b = v[0] >> 16, c = (short)v[1], d = (int)v[1] >> 16, e = (short)v[2], f = (int)v[2] >> 16;
  const int g = (short)v[3], h = (int)v[3] >> 16;
  const int even = (a + e) * 0x5A82, odd = (a - e) * 0x5A82, s = c * 0x30FC - g * 0x7642, t = g * 0x30FC + c * 0x7642;
  const int x = rounded((d + f) * 0x5A82), y = rounded((d - f) * 0x5A82), p = (short)b * 4, q = h * 4;
  const int k = p + x, l = q + y, m = p - x, n = q - y;
  const int w0 = k * 0x1F63 + l * 0x063E, w1 = k * 0x063E - l * 0x1F63, w2 = m * 0x11C7 + n * 0x1A9B, w3 = m * 0x1A9B - n * 0x11C7;
  v[0] = pack(even + t + w0, odd + s + w3);
  v[1] = pack(odd - s + w2, even - t + w1);
  v[2] = pack(even - t - w1, odd - s - w2);
  v[3] = pack(odd + s - w3, even + t - w0);
}

__global__ void rotate_all(unsigned* v) {
  __syncthreads();
  rotate(v + 4 * threadIdx.x);
}

int main() {
  const int count = 256;
  unsigned *v, expected[4 * count];
  cudaMallocManaged(&v, sizeof expected);
  for (int i = 0; i < 4 * count; ++i) {
    const unsigned low = i * 37 % 256 - 128, top = i * 91 % 512 - 256;
    v[i] = expected[i] = (low & 0xffff) | top << 16;
  }
  for (int i = 0; i < count; ++i) rotate(expected + 4 * i);
  rotate_all<<<1, count>>>(v);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 4 * count; ++i) wrong += v[i] != expected[i];
  printf("%d wrong\n", wrong);
}
