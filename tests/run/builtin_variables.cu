// threadIdx, blockIdx, blockDim, gridDim and warpSize in three dimensions, for block sizes that are no multiple of a warp.
#include <cstdio>

__global__ void linear_index(int* out) {
  const int threads = blockDim.x * blockDim.y * blockDim.z;
  const int block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  const int thread = (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
  out[block * threads + thread] = thread % warpSize + 100 * (thread / warpSize) + 10000 * block;
}

void run(dim3 grid, dim3 block) {
  const int threads = block.x * block.y * block.z, count = grid.x * grid.y * grid.z * threads;
  int* out;
  cudaMallocManaged(&out, count * sizeof(int));
  for (int i = 0; i < count; ++i) out[i] = -1;
  linear_index<<<grid, block>>>(out);
  const cudaError_t error = cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < count; ++i) {
    const int thread = i % threads;
    wrong += out[i] != thread % 32 + 100 * (thread / 32) + 10000 * (i / threads);
  }
  printf("%d threads in %u blocks: %s, %d wrong\n", count, grid.x * grid.y * grid.z, cudaGetErrorName(error), wrong);
  cudaFree(out);
}

int main() {
  run(dim3(1), dim3(1));
  run(dim3(2, 3, 4), dim3(5, 6, 7));
  run(dim3(7), dim3(1024));
  run(dim3(1, 1, 3), dim3(1, 33, 1));
  run(dim3(1, 500, 1), dim3(2, 1, 64));
}
