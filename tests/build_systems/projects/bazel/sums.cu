#include "device_functions.cuh"
#include "sizes.hpp"
#include "sums.hpp"

__device__ int total;

__global__ void add(int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(&total, square(i));
}

int sum_of_squares(int n) {
  static_assert(VALUES > 0, "the other library's definition is seen here");
  int result = 0;
  cudaMemcpyToSymbol(total, &result, sizeof result);
  add<<<(n + 127) / 128, 128>>>(n);
  cudaMemcpyFromSymbol(&result, total, sizeof result);
  return result;
}
