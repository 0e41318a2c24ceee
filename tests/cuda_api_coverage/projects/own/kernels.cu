// clang-format off
#include <cooperative_groups.h>
#include <cub/cub.cuh>
#include "own.h"  // cudaMalloc in a comment, and __syncthreads()

namespace cg = cooperative_groups;

static const char* text = "cudaMalloc(&p, 1); threadIdx.x";
static const char* raw = R"cuda(
cudaFree(p);
)cuda";

#if 0
__global__ void never() { cudaDeviceSynchronize(); }
#endif

__global__ void sum(const float* in, float* out, int n) {
  __shared__ float part[32];
  auto block = cg::this_thread_block();
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  float mine = at < n ? fabsf(in[at]) : 0.0f;
  mine += __shfl_down_sync(0xffffffff, mine, 16);
  part[threadIdx.x % 32] = mine;
  block.sync();
  if (block.thread_rank() == 0) atomicAdd(out, part[0]);
  asm volatile("membar.gl; // add.s32 is a comment\n\t");
}

void launch(const float* in, float* out, int n) {
  cudaStream_t stream;
  ownCheck(cudaStreamCreate(&stream));
  sum << <n / 256, 256, 0, stream>> > (in, out, n);
  sum<<<1, 32>>>(in, out, n); /* sum<<<1, 32>>>(in, out, n); */
  size_t bytes = 0;
  cub::DeviceReduce::Sum(nullptr, bytes, in, out, n);
  cuda\
StreamDestroy(stream);
}
