// Local arrays that are written as int4 and kept across exchanges between lanes lie where such writes may go.
#include <cstdio>

__device__ void clear(float* x) { *reinterpret_cast<int4*>(x) = make_int4(0, 0, 0, 0); }

__device__ __noinline__ void store(const float* x, float* out) {
  for (int i = 0; i < 4; i++) out[threadIdx.x * 4 + i] = x[i];
}

__global__ void sums(float* out, const float* in) {
  float x[5], y[5], z[5];
  clear(x);
  clear(y);
  clear(z);
  const float own = in[threadIdx.x];
  for (int i = 0; i < 4; i++) {
    x[i] += __shfl_xor_sync(~0u, own, i);
    y[i] += __shfl_xor_sync(~0u, x[i], 1);
    z[i] += __shfl_xor_sync(~0u, y[i], 2);
  }
  store(x, out);
  store(y, out + 128);
  store(z, out + 256);
}

int main() {
  float *in, *out;
  cudaMallocManaged(&in, 32 * sizeof(float));
  cudaMallocManaged(&out, 384 * sizeof(float));
  for (int i = 0; i < 32; i++) in[i] = i;
  sums<<<1, 32>>>(out, in);
  std::printf("%s\n", cudaGetErrorString(cudaDeviceSynchronize()));
  for (int i = 0; i < 384; i += 24) std::printf("%g ", out[i]);
  std::printf("\n");
}
