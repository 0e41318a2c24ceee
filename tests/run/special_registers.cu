// Special registers in inline PTX: one by one, as vectors, halves of them, and counters that go up.
#include <cstdio>

#define READ(name)                                         \
  ([] {                                                    \
    unsigned value;                                        \
    asm volatile("mov.u32 %0, %%" name ";" : "=r"(value)); \
    return value;                                          \
  }())

#define SAME(a, b) \
  if ((a) != (b)) printf("line %d: %u, not %u\n", __LINE__, (unsigned)(a), (unsigned)(b))

__global__ void places() {
  const unsigned thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  const unsigned lane = thread % 32;
  SAME(READ("tid.x"), threadIdx.x);
  SAME(READ("ntid.z"), blockDim.z);
  SAME(READ("ctaid.y"), blockIdx.y);
  SAME(READ("nctaid.x"), gridDim.x);
  SAME(READ("tid.w") + READ("ntid.w") + READ("ctaid.w") + READ("nctaid.w"), 0);
  SAME(READ("laneid"), lane);
  SAME(READ("warpid"), thread / 32);
  SAME(READ("warpid") < READ("nwarpid"), 1);
  SAME(READ("smid") < READ("nsmid"), 1);
  SAME(READ("lanemask_lt"), (1u << lane) - 1);
  SAME(READ("lanemask_ge"), ~((1u << lane) - 1));
  unsigned x, y, z, w;
  asm("mov.v4.u32 {%0, %1, %2, %3}, %%tid;" : "=r"(x), "=r"(y), "=r"(z), "=r"(w));
  SAME(x * 1000000 + y * 1000 + z + w, threadIdx.x * 1000000 + threadIdx.y * 1000 + threadIdx.z);
  asm("{ .reg .v4 .u32 shape; mov.v4.u32 shape, %%ntid; mov.u32 %0, shape.z; mov.v4.b32 {_, %1, _, _}, shape; }"
      : "=r"(x), "=r"(y));
  SAME(x * 1000 + y, blockDim.z * 1000 + blockDim.y);
  unsigned short half;
  asm("mov.u16 %0, %%ctaid.y;" : "=h"(half));
  SAME(half, blockIdx.y & 0xFFFF);
  asm("cvt.u32.u16 %0, %%ctaid.y;" : "=r"(x));
  SAME(x, blockIdx.y & 0xFFFF);
  unsigned long long pair;
  asm("mov.b64 %0, {%%tid.x, %%laneid};" : "=l"(pair));
  SAME(pair >> 32, lane);
  asm("add.u32 %0, WARP_SZ, 1;" : "=r"(x));
  SAME(x, 33);
}

__global__ void counters() {
  unsigned long long before, after;
  unsigned high, low;
  asm volatile("mov.u64 %0, %%clock64;" : "=l"(before));
  asm volatile("mov.u32 %0, %%clock_hi;" : "=r"(high));
  asm volatile("mov.u64 %0, %%clock64;" : "=l"(after));
  SAME(high - (before >> 32) <= (after >> 32) - (before >> 32), 1);
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(before));
  asm volatile("mov.u32 %0, %%globaltimer_hi;" : "=r"(high));
  asm volatile("mov.u32 %0, %%globaltimer_lo;" : "=r"(low));
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(after));
  SAME(high - (before >> 32) <= (after >> 32) - (before >> 32), 1);
  SAME(low - (unsigned)before <= (unsigned)(after - before), 1);
}

__global__ void cluster() {
  SAME(READ("cluster_ctarank"), 0);
  SAME(READ("cluster_nctarank"), 1);
  SAME(READ("cluster_nctaid.y"), 1);
  SAME(READ("clusterid.x"), blockIdx.x);
  SAME(READ("nclusterid.x"), gridDim.x);
  unsigned is_explicit;
  asm("{ .reg .pred p; mov.pred p, %%is_explicit_cluster; selp.u32 %0, 1, 0, p; }" : "=r"(is_explicit));
  SAME(is_explicit, 0);
}

int main() {
  places<<<dim3(2, 3), dim3(3, 5, 4)>>>();
  counters<<<1, 1>>>();
  cluster<<<3, 1>>>();
  printf("%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
}
