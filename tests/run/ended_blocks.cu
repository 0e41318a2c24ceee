// flags: --targets=cpu
// The CPU device's barrier of a grid does not wait for blocks that have ended. (CUDA leaves it open; GPUs wait for ever.)
#include <cooperative_groups.h>

#include <cstdio>

__global__ void half_stay_away() {
  if (blockIdx.x % 2 == 0) cooperative_groups::this_grid().sync();
}

int main() {
  const cudaError_t launched = cudaLaunchCooperativeKernel((void*)half_stay_away, dim3(9), dim3(64), nullptr, 0, 0);
  printf("%s %s\n", cudaGetErrorName(launched), cudaGetErrorName(cudaDeviceSynchronize()));
}
