// Barriers of the whole grid: cooperative launches of many blocks, and barriers that programs build from atomics.
#include <cooperative_groups.h>

#include <cstdio>

namespace cg = cooperative_groups;
constexpr int THREADS = 64;

__global__ void rounds(int* data, int* out, int count) {
  cg::grid_group grid = cg::this_grid();
  const unsigned me = grid.thread_rank(), total = grid.size();
  for (int round = 0; round < count; ++round) {
    const int before = round != 0 ? data[((round - 1) & 1) * total + (me + 37) % total] : me;
    data[(round & 1) * total + me] = before + 1;
    if (round % 2 != 0) {
      grid.sync();
    } else {
      auto token = grid.barrier_arrive();
      grid.barrier_wait(static_cast<cg::grid_group::arrival_token&&>(token));
    }
  }
  out[me] = data[((count - 1) & 1) * total + me];
}

__device__ unsigned arrived;
__device__ volatile unsigned phase;

__device__ void meet_by_hand() {
  __threadfence();
  const unsigned before = phase;
  if (atomicAdd(&arrived, 1) == gridDim.x - 1) {
    arrived = 0;
    __threadfence();
    phase = before + 1;
  } else {
    while (phase == before) {
    }
  }
}

__global__ void by_hand(int* out, int count) {
  __shared__ int sum;
  for (int round = 0; round < count; ++round) {
    if (threadIdx.x == 0) sum = 0;
    __syncthreads();
    atomicAdd(&sum, 1);
    __syncthreads();
    if (threadIdx.x == 0) {
      atomicAdd(&out[round], sum);
      meet_by_hand();
      if (*(volatile int*)&out[round] != gridDim.x * blockDim.x) out[100 + round] = 1;
    }
    __syncthreads();
  }
}

void cooperative(int blocks) {
  int *data, *out, count = 10, wrong = 0;
  const int total = blocks * THREADS;
  cudaMallocManaged(&data, 2 * total * sizeof(int));
  cudaMallocManaged(&out, total * sizeof(int));
  void* arguments[] = {&data, &out, &count};
  const cudaError_t launched = cudaLaunchCooperativeKernel((void*)rounds, dim3(blocks), dim3(THREADS), arguments, 0, 0);
  const cudaError_t ended = cudaDeviceSynchronize();
  for (int i = 0; i < total; ++i) wrong += out[i] != (i + 37 * (count - 1)) % total + count;
  printf("%d blocks: %s %s, %d wrong\n", blocks, cudaGetErrorName(launched), cudaGetErrorName(ended), wrong);
  cudaFree(data);
  cudaFree(out);
}

void own_barrier(int blocks) {
  constexpr int COUNT = 10;
  int *out, wrong = 0;
  cudaMallocManaged(&out, 200 * sizeof(int));
  cudaMemset(out, 0, 200 * sizeof(int));
  by_hand<<<blocks, THREADS>>>(out, COUNT);
  const cudaError_t ended = cudaDeviceSynchronize();
  for (int round = 0; round < COUNT; ++round) wrong += out[round] != blocks * THREADS || out[100 + round] != 0;
  printf("%d blocks by hand: %s, %d wrong\n", blocks, cudaGetErrorName(ended), wrong);
  cudaFree(out);
}

int main() {
  for (int blocks : {1, 2, 33, 1000, 5000}) cooperative(blocks);
  for (int blocks : {1, 2, 7, 32}) own_barrier(blocks);
}
