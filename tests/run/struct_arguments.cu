// Structures by value: padding, alignment, bit-fields, unions, packing, three-component vectors.
#include <cstdio>
#include <cstring>

struct Padded {
  char a;
  double b;
  short c;
  int d[3];
};

struct alignas(32) Aligned {
  float x;
  char c;
};

struct Bits {
  unsigned a : 3;
  int b : 7;
  unsigned long long c : 40;
  signed char d : 2;
  bool e : 1;
  unsigned : 0;
  unsigned f : 31;
};

union Either {
  float real;
  unsigned bits;
  double wide;
};

struct Vectors {
  float3 a;
  char c;
  double3 d;
  uchar3 e;
  short3 s;
  longlong4 l;
};

#pragma pack(push, 1)
struct Packed {
  char a;
  double b;
  int c;
};
#pragma pack(pop)

struct Sizes {
  size_t padded, aligned, bits, either, vectors, packed;
};

__host__ __device__ Sizes sizes() {
  return {sizeof(Padded), sizeof(Aligned), sizeof(Bits), sizeof(Either), sizeof(Vectors), sizeof(Packed)};
}

__global__ void read(Padded p, char letter, Aligned a, Vectors v, Packed k, short s, Bits b, float3 f, Either u, bool flag,
                     double* out, Sizes* device_sizes) {
  out[0] = p.a + p.b + p.c + p.d[2];
  out[1] = letter;
  out[2] = a.x + a.c;
  out[3] = v.a.z + v.c + v.d.z + v.e.z + v.s.y + v.l.w;
  out[4] = k.b + k.c;
  out[5] = s;
  out[6] = b.a + b.b + b.d + b.e + b.f;
  out[7] = (double)b.c;
  out[8] = f.z;
  out[9] = u.bits;
  out[10] = flag;
  p.d[1] = 99;
  b.b = -1;
  b.a += 6;
  out[11] = p.d[1] + b.b + b.a;
  *device_sizes = sizes();
}

int main() {
  Padded padded{1, 2.5, -3, {4, 5, 6}};
  Vectors vectors{{1, 2, 3}, 4, {5, 6, 7}, {8, 9, 10}, {11, 12, 13}, {14, 15, 16, 17}};
  Bits bits{};
  bits.a = 5, bits.b = -3, bits.c = 1ull << 39, bits.d = -1, bits.e = true, bits.f = 77;
  Either either;
  either.real = 1.0f;
  double* out;
  Sizes* device_sizes;
  cudaMallocManaged(&out, 12 * sizeof(double));
  cudaMallocManaged(&device_sizes, sizeof(Sizes));
  read<<<1, 1>>>(padded, 'x', {2.5f, 3}, vectors, {1, 2.5, 3}, -9, bits, make_float3(1, 2, 3), either, true, out, device_sizes);
  if (cudaDeviceSynchronize() != cudaSuccess) return 1;
  for (int i = 0; i < 12; ++i) printf("%.10g%c", out[i], i == 11 ? '\n' : ' ');
  const Sizes host = sizes();
  printf("layouts %s\n", memcmp(&host, device_sizes, sizeof host) ? "differ" : "agree");
}
