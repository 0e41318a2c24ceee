// What an editor has to understand: built-in variables, launches, inline PTX, lambdas, and the headers of the toolkit.
#include <cooperative_groups.h>
#include <cuda_fp16.h>
#include <curand_kernel.h>
#include <mma.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <new>
#include <vector>

namespace cg = cooperative_groups;

__constant__ float table[4];

template <typename T>
__global__ void __launch_bounds__(128) kernel(T* p, int n) {
  __shared__ T tile[32];
  extern __shared__ int more[];
  auto block = cg::this_thread_block();
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) tile[threadIdx.x % 32] = p[i] + __shfl_down_sync(0xffffffffu, p[i], 1) + T(table[0]) + T(more[0]);
  block.sync();
  __syncthreads();
  atomicAdd(p, tile[0]);
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(i));
  printf("%f %d %d\n", sinf(1.0f) + __expf(2.0f), warpSize, i);
}

int main() {
  float* p = nullptr;
  cudaMalloc(&p, 4096);
  kernel<float><<<dim3(4), 128, 64, cudaStream_t{}>>>(p, 10);
  auto identity = [] __device__(int x) { return x; };
  std::complex<float> c(MINUS_ONE, 2);
  return cudaDeviceSynchronize() + int(std::abs(c)) + int(sizeof identity);
}
