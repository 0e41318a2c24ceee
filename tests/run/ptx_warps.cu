// Inline PTX: what lanes of a warp do together, with predicates as results, members by mask and in divergent code.
#include <cstdio>

struct Row {
  unsigned value[18];
};

__device__ float reduce_floats(float value, int which) {
  float lowest, highest, magnitude, strict;
  asm volatile("redux.sync.min.f32 %0, %1, 0xffffffff;" : "=f"(lowest) : "f"(value));
  asm volatile("redux.sync.max.f32 %0, %1, -1;" : "=f"(highest) : "f"(value));
  asm volatile("redux.sync.max.abs.f32 %0, %1, -1;" : "=f"(magnitude) : "f"(value));
  asm volatile("redux.sync.min.NaN.f32 %0, %1, -1;" : "=f"(strict) : "f"(value));
  return which == 0 ? lowest : which == 1 ? highest : which == 2 ? magnitude : strict;
}

__global__ void lanes(Row* rows) {
  const unsigned t = threadIdx.x, x = t * 7 % 32;
  unsigned v[18] = {};
  asm volatile("{ .reg .pred p; shfl.sync.up.b32 %0|p, %2, 3, 0, -1; selp.u32 %1, 1, 0, p; }" : "=r"(v[0]), "=r"(v[1]) : "r"(x));
  asm volatile("{ .reg .pred p; shfl.sync.down.b32 %0|p, %2, 5, 0x181f, -1; @!p mov.u32 %0, 99; selp.u32 %1, 1, 0, p; }"
               : "=r"(v[2]), "=r"(v[3])
               : "r"(x));
  asm volatile("{ .reg .pred p; shfl.sync.idx.b32 %0|p, %1, %2, 0x1c1f, 0xffffffff; @p add.u32 %0, %0, 100; }"
               : "=r"(v[4])
               : "r"(x), "r"(t + 1));
  asm volatile("shfl.sync.bfly.b32 %0, %1, 16, 31, -1;" : "=r"(v[5]) : "r"(x));
  asm volatile("match.any.sync.b32 %0, %1, -1;" : "=r"(v[6]) : "r"(t % 5));
  asm volatile("match.any.sync.b64 %0, %1, -1;" : "=r"(v[7]) : "l"((unsigned long long)(t / 16) << 40));
  asm volatile("{ .reg .pred p; match.all.sync.b32 %0|p, %2, -1; selp.u32 %1, 1, 0, p; }" : "=r"(v[8]), "=r"(v[9]) : "r"(t / 32));
  asm volatile("{ .reg .pred p; match.all.sync.b64 %0|p, %2, -1; selp.u32 %1, 1, 0, p; }"
               : "=r"(v[10]), "=r"(v[11])
               : "l"(1ull << t % 64));
  asm volatile(
      "{ .reg .pred p, q; setp.lt.u32 p, %1, 20; vote.sync.any.pred q, !p, -1; vote.sync.ballot.b32 %0, p, -1;\n\t"
      "@q xor.b32 %0, %0, 1; }"
      : "=r"(v[12])
      : "r"(t));
  asm volatile("redux.sync.min.s32 %0, %1, -1;" : "=r"(v[13]) : "r"(5 - (int)t));
  asm volatile("redux.sync.max.u32 %0, %1, -1;" : "=r"(v[14]) : "r"(5 - (int)t));
  asm volatile("redux.sync.xor.b32 %0, %1, -1;" : "=r"(v[15]) : "r"(1u << t % 32 | t / 32));
  if (t % 4 == 1) {
    const unsigned members = 0x22222222;
    asm volatile("{ .reg .pred p; elect.sync %0|p, %1; @p add.u32 %0, %0, 1000; }" : "=r"(v[16]) : "r"(members));
    asm volatile("redux.sync.add.u32 %0, %1, %2;" : "=r"(v[17]) : "r"(t % 32), "r"(members));
  } else {
    asm volatile("{ .reg .b32 active; activemask.b32 active; and.b32 %0, active, %1; }" : "=r"(v[16]) : "r"(1u << t % 32));
    asm volatile("bar.warp.sync %0;" ::"r"(0xdddddddd) : "memory");
    asm volatile("redux.sync.add.u32 %0, %1, %2;" : "=r"(v[17]) : "r"(t % 32), "r"(0xdddddddd));
  }
  for (int i = 0; i < 18; ++i) rows[t].value[i] = v[i];
}

__global__ void floats(unsigned* out) {
  const unsigned t = threadIdx.x;
  float value = t == 3 ? -0.0f : t == 4 ? 0.0f : static_cast<float>(t) - 0.5f;
  if (t < 3) value = 7.5f;
  if (t == 9) value = __int_as_float(0x7fc12345);
  if (t == 20) value = -88.25f;
  for (int i = 0; i < 4; ++i) {
    const float best = reduce_floats(value, i);
    if (t == 6) out[i] = __float_as_uint(best);
  }
  const float zero = t == 9 ? -0.0f : 0.0f, none = __int_as_float(0x7f812345);
  const float lowest = reduce_floats(zero, 0), highest = reduce_floats(t == 9 ? 0.0f : -0.0f, 1), nothing = reduce_floats(none, 0);
  if (t == 6) {
    out[4] = __float_as_uint(lowest);
    out[5] = __float_as_uint(highest);
    out[6] = __float_as_uint(nothing);
  }
}

int main() {
  Row* rows;
  cudaMallocManaged(&rows, 64 * sizeof(Row));
  lanes<<<1, 64>>>(rows);
  printf("%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  for (int t : {0, 1, 2, 5, 27, 31, 32, 63}) {
    printf("%2d:", t);
    for (unsigned value : rows[t].value) printf(" %x", value);
    printf("\n");
  }
  unsigned sums[18] = {};
  for (int t = 0; t < 64; ++t) {
    for (int i = 0; i < 18; ++i) sums[i] = sums[i] * 31 + rows[t].value[i];
  }
  for (unsigned sum : sums) printf("%x ", sum);
  unsigned* out = rows[0].value;
  floats<<<1, 32>>>(out);
  printf("%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  for (int i = 0; i < 7; ++i) printf("%08x ", out[i]);
  printf("\n");
}
