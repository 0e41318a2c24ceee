// Shared memory whose size is chosen at the launch.
//
// Teaches: extern __shared__ and the third launch parameter, several arrays carved from the one dynamic allocation
// (the largest alignment first), the launch that is refused because it asks for too much, and
// cudaFuncSetAttribute for more than the default 48 KiB.
//
// Build: nvcc dynamic_shared.cu -o dynamic_shared

#include <cstdint>
#include <vector>

#include "../common/check.h"

// Sums each window of `window` neighbours and counts the odd values in it; the block's part of the input and its
// halo are kept in shared memory: (blockDim.x + window - 1) sums of 8 bytes, then as many flags of 1 byte.
__global__ void window_sums(const std::int64_t* in, std::int64_t* sums, int* odd, int count, int window) {
  extern __shared__ std::int64_t shared_values[];
  const int held = blockDim.x + window - 1;
  auto* shared_odd = reinterpret_cast<std::uint8_t*>(shared_values + held);

  const int first = blockIdx.x * blockDim.x;
  for (int k = threadIdx.x; k < held; k += blockDim.x) {
    const std::int64_t value = first + k < count ? in[first + k] : 0;
    shared_values[k] = value;
    shared_odd[k] = value % 2 != 0;
  }
  __syncthreads();

  const int i = first + threadIdx.x;
  if (i + window > count) return;
  std::int64_t sum = 0;
  int odd_count = 0;
  for (int k = 0; k < window; ++k) {
    sum += shared_values[threadIdx.x + k];
    odd_count += shared_odd[threadIdx.x + k];
  }
  sums[i] = sum;
  odd[i] = odd_count;
}

int main() {
  const int count = 40000, threads = 256;
  std::vector<std::int64_t> in(count), sums(count);
  std::vector<int> odd(count);
  for (int i = 0; i < count; ++i) in[i] = (std::int64_t(i) * i * 977) % 1000003 * 10000019;

  std::int64_t *device_in, *device_sums;
  int* device_odd;
  CUDA_CHECK(cudaMalloc(&device_in, count * sizeof(std::int64_t)));
  CUDA_CHECK(cudaMalloc(&device_sums, count * sizeof(std::int64_t)));
  CUDA_CHECK(cudaMalloc(&device_odd, count * sizeof(int)));
  CUDA_CHECK(cudaMemcpy(device_in, in.data(), count * sizeof(std::int64_t), cudaMemcpyHostToDevice));

  int wrong = 0;
  for (const int window : {1, 7, 40, 300}) {
    const size_t bytes = (threads + window - 1) * (sizeof(std::int64_t) + sizeof(std::uint8_t));
    window_sums<<<samples::blocks_for(count, threads), threads, bytes>>>(device_in, device_sums, device_odd, count, window);
    CUDA_CHECK(cudaGetLastError());
    CUDA_CHECK(cudaMemcpy(sums.data(), device_sums, count * sizeof(std::int64_t), cudaMemcpyDeviceToHost));
    CUDA_CHECK(cudaMemcpy(odd.data(), device_odd, count * sizeof(int), cudaMemcpyDeviceToHost));

    // The window slides: add what enters, subtract what leaves.
    std::int64_t sum = 0;
    int odd_count = 0;
    for (int i = 0; i < count; ++i) {
      sum += in[i];
      odd_count += in[i] % 2 != 0;
      const int start = i - window + 1;
      if (start < 0) continue;
      wrong += sums[start] != sum || odd[start] != odd_count;
      sum -= in[start];
      odd_count -= in[start] % 2 != 0;
    }
  }

  // More than any processor has: the launch fails, later ones work.
  window_sums<<<1, threads, 64 << 20>>>(device_in, device_sums, device_odd, count, 1);
  const bool refused = cudaGetLastError() != cudaSuccess && cudaGetLastError() == cudaSuccess;

  // Above 48 KiB a kernel must be allowed to first, up to the device's limit.
  int limit = 0;
  CUDA_CHECK(cudaDeviceGetAttribute(&limit, cudaDevAttrMaxSharedMemoryPerBlockOptin, 0));
  CUDA_CHECK(cudaFuncSetAttribute(window_sums, cudaFuncAttributeMaxDynamicSharedMemorySize, limit));
  window_sums<<<1, threads, limit>>>(device_in, device_sums, device_odd, count, 7);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaDeviceSynchronize());

  CUDA_CHECK(cudaFree(device_in));
  CUDA_CHECK(cudaFree(device_sums));
  CUDA_CHECK(cudaFree(device_odd));
  return samples::verdict(wrong == 0 && refused, "dynamic_shared: 4 window sizes, %d windows wrong, oversized launch %s", wrong,
                          refused ? "refused" : "accepted");
}
