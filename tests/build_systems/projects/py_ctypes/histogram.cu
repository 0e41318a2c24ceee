#include <cstddef>

constexpr int VALUES = 256;

__global__ void count(const unsigned char* values, std::size_t n, unsigned* counts) {
  __shared__ unsigned of_block[VALUES];
  of_block[threadIdx.x] = 0;
  __syncthreads();
  for (std::size_t i = blockIdx.x * VALUES + threadIdx.x; i < n; i += gridDim.x * VALUES) atomicAdd(&of_block[values[i]], 1);
  __syncthreads();
  atomicAdd(&counts[threadIdx.x], of_block[threadIdx.x]);
}

extern "C" int histogram(const unsigned char* values, std::size_t n, unsigned* counts) {
  unsigned char* on_device = nullptr;
  unsigned* results = nullptr;
  cudaMalloc(&on_device, n);
  cudaMalloc(&results, VALUES * sizeof(unsigned));
  cudaMemset(results, 0, VALUES * sizeof(unsigned));
  cudaMemcpy(on_device, values, n, cudaMemcpyHostToDevice);
  count<<<8, VALUES>>>(on_device, n, results);
  cudaMemcpy(counts, results, VALUES * sizeof(unsigned), cudaMemcpyDeviceToHost);
  cudaFree(on_device);
  cudaFree(results);
  return cudaGetLastError();
}
