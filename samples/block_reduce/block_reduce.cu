// Sum of an array: a tree in shared memory, one partial sum per block, then the same kernel over the partial sums.
//
// Teaches: a barrier inside a loop whose trip count is the same for all threads, sequential addressing (the active
// threads stay together, so whole warps retire early), and when a floating-point sum does not depend on the order.
//
// Build: nvcc block_reduce.cu -o block_reduce

#include <vector>

#include "../common/check.h"

constexpr int THREADS = 256;

__global__ void block_reduce(const float* values, float* block_sums, int count) {
  __shared__ float partial[THREADS];

  // First each thread adds up its own share ...
  float sum = 0;
  for (int i = blockIdx.x * THREADS + threadIdx.x; i < count; i += gridDim.x * THREADS) sum += values[i];
  partial[threadIdx.x] = sum;
  __syncthreads();

  // ... then half of the threads add the other half's sums to theirs, until one is left.
  for (int half = THREADS / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) partial[threadIdx.x] += partial[threadIdx.x + half];
    __syncthreads();
  }
  if (threadIdx.x == 0) block_sums[blockIdx.x] = partial[0];
}

int main() {
  const int count = 2000003, blocks = 128;
  std::vector<float> values(count);
  double exact = 0;
  for (int i = 0; i < count; ++i) {
    values[i] = 0.25f * (i * 2654435761u >> 29);  // 0, 0.25, ... 1.75, scattered
    exact += values[i];
  }

  float *device_values, *device_sums;
  CUDA_CHECK(cudaMalloc(&device_values, count * sizeof(float)));
  CUDA_CHECK(cudaMalloc(&device_sums, (blocks + 1) * sizeof(float)));
  CUDA_CHECK(cudaMemcpy(device_values, values.data(), count * sizeof(float), cudaMemcpyHostToDevice));

  block_reduce<<<blocks, THREADS>>>(device_values, device_sums, count);
  block_reduce<<<1, THREADS>>>(device_sums, device_sums + blocks, blocks);  // same stream: runs after the first
  CUDA_CHECK(cudaGetLastError());

  float total = 0;
  CUDA_CHECK(cudaMemcpy(&total, device_sums + blocks, sizeof(float), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_values));
  CUDA_CHECK(cudaFree(device_sums));

  // Floating-point sums depend on the order of addition, which differs between this tree and a loop on the host. Not here:
  // all sums are multiples of 1/4 below 2^22, and a float holds each of those exactly. So nothing less than equality will do.
  return samples::verdict(total == exact, "block_reduce: sum of %d values %.2f, expected %.2f", count, total, exact);
}
