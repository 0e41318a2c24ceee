// Histogram of bytes: atomic operations, first in shared memory, then in global memory.
//
// Teaches: atomicAdd, and privatisation: each block counts in its own shared copy, where conflicts are cheap, and
// adds that copy to the result once. Barriers separate clearing, counting and adding.
//
// Build: nvcc histogram.cu -o histogram

#include <cstdint>
#include <vector>

#include "../common/check.h"

constexpr int BINS = 256;

__global__ void histogram(const std::uint8_t* data, int count, unsigned* bins) {
  __shared__ unsigned block_bins[BINS];
  for (int bin = threadIdx.x; bin < BINS; bin += blockDim.x) block_bins[bin] = 0;
  __syncthreads();

  const int stride = gridDim.x * blockDim.x;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += stride) atomicAdd(&block_bins[data[i]], 1u);
  __syncthreads();

  for (int bin = threadIdx.x; bin < BINS; bin += blockDim.x) {
    if (block_bins[bin] != 0) atomicAdd(&bins[bin], block_bins[bin]);
  }
}

int main() {
  const int count = 4000037;
  std::vector<std::uint8_t> data(count);
  std::vector<unsigned> expected(BINS), bins(BINS);
  std::uint32_t state = 12345;
  for (auto& byte : data) {
    state = state * 1664525u + 1013904223u;                                        // linear congruential generator
    byte = static_cast<std::uint8_t>((state >> 24) * (state >> 16 & 0xff) / 255);  // a product: low values are common
    ++expected[byte];
  }

  std::uint8_t* device_data;
  unsigned* device_bins;
  CUDA_CHECK(cudaMalloc(&device_data, count));
  CUDA_CHECK(cudaMalloc(&device_bins, BINS * sizeof(unsigned)));
  CUDA_CHECK(cudaMemcpy(device_data, data.data(), count, cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemset(device_bins, 0, BINS * sizeof(unsigned)));

  histogram<<<64, 256>>>(device_data, count, device_bins);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(bins.data(), device_bins, BINS * sizeof(unsigned), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_data));
  CUDA_CHECK(cudaFree(device_bins));

  // Counting is exact whatever the order of the atomics.
  int wrong = 0;
  unsigned total = 0;
  for (int bin = 0; bin < BINS; ++bin) {
    wrong += bins[bin] != expected[bin];
    total += bins[bin];
  }
  return samples::verdict(wrong == 0, "histogram: %u bytes counted, %d of %d bins wrong, bin 0 holds %u", total, wrong, BINS,
                          bins[0]);
}
