#include "sums.hpp"

constexpr int WARP = 32;

// One warp for each row.
__global__ void sum_rows(const double* matrix, double* sums, int columns) {
  const double* row = matrix + static_cast<long>(blockIdx.x) * columns;
  double sum = 0;
  for (int i = threadIdx.x; i < columns; i += WARP) sum += row[i];
  for (int distance = WARP / 2; distance; distance /= 2) sum += __shfl_down_sync(~0u, sum, distance);
  if (threadIdx.x == 0) sums[blockIdx.x] = sum;
}

int row_sums(const double* matrix, double* sums, int rows, int columns) {
  double *on_device = nullptr, *results = nullptr;
  const std::size_t bytes = sizeof(double) * rows * columns;
  cudaMalloc(&on_device, bytes);
  cudaMalloc(&results, sizeof(double) * rows);
  cudaMemcpy(on_device, matrix, bytes, cudaMemcpyHostToDevice);
  sum_rows<<<rows, WARP>>>(on_device, results, columns);
  cudaMemcpy(sums, results, sizeof(double) * rows, cudaMemcpyDeviceToHost);
  cudaFree(on_device);
  cudaFree(results);
  return cudaGetLastError();
}
