// Integer and bit functions of the device, and conversions with a named rounding, against their plain C++ meaning.
#include <cstdint>
#include <cstdio>

struct Row {
  int popc, popcll, clz, clzll, ffs, ffsll, mulhi, mul24, hadd, rhadd, sad, usad, perm, down, up, near, zero, to_float;
  unsigned brev, umulhi, funnel_left, funnel_right, bits;
  long long mul64hi;
};

__global__ void rows(const std::uint64_t* in, Row* out) {
  const std::uint64_t wide = in[threadIdx.x];
  const int x = static_cast<int>(wide), y = static_cast<int>(wide >> 32);
  const float f = static_cast<float>(x % 100000) / 64;
  Row& r = out[threadIdx.x];
  r = {__popc(x),
       __popcll(wide),
       __clz(x),
       __clzll(wide),
       __ffs(x),
       __ffsll(wide),
       __mulhi(x, y),
       __mul24(x & 0xffff, y & 0x7f),
       __hadd(x, y),
       __rhadd(x, y),
       static_cast<int>(__sad(x, y, 5)),
       static_cast<int>(__usad(x, y, 5)),
       static_cast<int>(__byte_perm(x, y, 0x5140)),
       __float2int_rd(f),
       __float2int_ru(f),
       __float2int_rn(f),
       __float2int_rz(f),
       static_cast<int>(__int2float_rz(x) / 1024),
       __brev(x),
       __umulhi(x, y),
       __funnelshift_l(x, y, 11),
       __funnelshift_r(x, y, 37),
       __float_as_uint(f),
       __mul64hi(static_cast<long long>(wide), 0x123456789abcdefll)};
}

int main() {
  const std::uint64_t values[] = {
      0, 1, ~0ull, 0x8000000080000000ull, 0x0123456789abcdefull, 0xfedcba9876543210ull, 0x00000001fffffffeull, 77};
  const int count = sizeof(values) / sizeof(*values);
  std::uint64_t* in;
  Row* out;
  cudaMalloc(&in, sizeof(values));
  cudaMallocManaged(&out, count * sizeof(Row));
  cudaMemcpy(in, values, sizeof(values), cudaMemcpyHostToDevice);
  rows<<<1, count>>>(in, out);
  const cudaError_t error = cudaDeviceSynchronize();
  for (int i = 0; i < count; ++i) {
    const Row& r = out[i];
    printf("%d %d %d %d %d %d %d %d %d %d %d %d %d | %d %d %d %d %d | %08x %08x %08x %08x %08x %lld\n", r.popc, r.popcll, r.clz,
           r.clzll, r.ffs, r.ffsll, r.mulhi, r.mul24, r.hadd, r.rhadd, r.sad, r.usad, r.perm, r.down, r.up, r.near, r.zero,
           r.to_float, r.brev, r.umulhi, r.funnel_left, r.funnel_right, r.bits, r.mul64hi);
  }
  printf("%s\n", cudaGetErrorName(error));
}
