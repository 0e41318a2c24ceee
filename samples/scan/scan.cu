// Inclusive prefix sum of a long array in three launches: scan each block, scan the blocks' totals, add them.
//
// Teaches: the Hillis-Steele scan (log2(n) steps, read and write separated by barriers), algorithms across blocks
// (no barrier inside a kernel reaches other blocks: the end of a launch does), and recursion on the host.
//
// Build: nvcc scan.cu -o scan

#include <cstdint>
#include <vector>

#include "../common/check.h"

constexpr int THREADS = 256;

// Scans THREADS elements per block in place and stores each block's total.
__global__ void scan_blocks(std::uint32_t* values, std::uint32_t* totals, int count) {
  __shared__ std::uint32_t sums[THREADS];
  const int lane = threadIdx.x, i = blockIdx.x * THREADS + lane;
  sums[lane] = i < count ? values[i] : 0;
  __syncthreads();

  for (int distance = 1; distance < THREADS; distance *= 2) {
    const std::uint32_t left = lane >= distance ? sums[lane - distance] : 0;
    __syncthreads();  // all have read ...
    sums[lane] += left;
    __syncthreads();  // ... and all have written
  }
  if (i < count) values[i] = sums[lane];
  if (lane == THREADS - 1) totals[blockIdx.x] = sums[lane];
}

// Adds to each block the scanned total of all blocks before it.
__global__ void add_totals(std::uint32_t* values, const std::uint32_t* totals, int count) {
  const int i = blockIdx.x * THREADS + threadIdx.x;
  if (blockIdx.x > 0 && i < count) values[i] += totals[blockIdx.x - 1];
}

void inclusive_scan(std::uint32_t* device_values, int count) {
  const int blocks = samples::blocks_for(count, THREADS);
  std::uint32_t* totals;
  CUDA_CHECK(cudaMalloc(&totals, blocks * sizeof(std::uint32_t)));
  scan_blocks<<<blocks, THREADS>>>(device_values, totals, count);
  CUDA_CHECK(cudaGetLastError());
  if (blocks > 1) {
    inclusive_scan(totals, blocks);
    add_totals<<<blocks, THREADS>>>(device_values, totals, count);
    CUDA_CHECK(cudaGetLastError());
  }
  CUDA_CHECK(cudaFree(totals));
}

int main() {
  const int count = 500009;
  std::vector<std::uint32_t> values(count), result(count);
  for (int i = 0; i < count; ++i) values[i] = (i * 2654435761u) >> 20;

  std::uint32_t* device_values;
  CUDA_CHECK(cudaMalloc(&device_values, count * sizeof(std::uint32_t)));
  CUDA_CHECK(cudaMemcpy(device_values, values.data(), count * sizeof(std::uint32_t), cudaMemcpyHostToDevice));
  inclusive_scan(device_values, count);
  CUDA_CHECK(cudaMemcpy(result.data(), device_values, count * sizeof(std::uint32_t), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_values));

  // Unsigned sums are exact in any order.
  int wrong = 0;
  std::uint32_t sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += values[i];
    wrong += result[i] != sum;
  }
  return samples::verdict(wrong == 0, "scan: %d elements, %d wrong, last sum %u", count, wrong, result[count - 1]);
}
