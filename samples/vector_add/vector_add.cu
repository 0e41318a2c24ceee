// Vector addition: the smallest complete CUDA program.
//
// Teaches: kernels (__global__), the launch <<<grid, block>>>, the global index of a thread, and the life of device
// memory: cudaMalloc, cudaMemcpy to the device, launch, cudaMemcpy back, cudaFree.
//
// Build: nvcc vector_add.cu -o vector_add

#include <vector>

#include "../common/check.h"

// One thread adds one pair. The grid is rounded up to whole blocks, so the last threads have nothing to do.
__global__ void vector_add(const float* a, const float* b, float* sum, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count) sum[i] = a[i] + b[i];
}

int main() {
  const int count = 1000003;  // a prime: no multiple of any block size
  const size_t bytes = count * sizeof(float);

  std::vector<float> a(count), b(count), sum(count);
  for (int i = 0; i < count; ++i) {
    a[i] = 0.5f * i;
    b[i] = 1.0f / (i + 1);
  }

  float *device_a, *device_b, *device_sum;
  CUDA_CHECK(cudaMalloc(&device_a, bytes));
  CUDA_CHECK(cudaMalloc(&device_b, bytes));
  CUDA_CHECK(cudaMalloc(&device_sum, bytes));
  CUDA_CHECK(cudaMemcpy(device_a, a.data(), bytes, cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemcpy(device_b, b.data(), bytes, cudaMemcpyHostToDevice));

  const int threads = 256;
  vector_add<<<samples::blocks_for(count, threads), threads>>>(device_a, device_b, device_sum, count);
  CUDA_CHECK(cudaGetLastError());

  // A copy in the default stream waits for the kernel before it.
  CUDA_CHECK(cudaMemcpy(sum.data(), device_sum, bytes, cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_a));
  CUDA_CHECK(cudaFree(device_b));
  CUDA_CHECK(cudaFree(device_sum));

  // One IEEE addition is rounded once, the same way everywhere: the results must be equal, not just close.
  int wrong = 0;
  for (int i = 0; i < count; ++i) wrong += sum[i] != a[i] + b[i];
  return samples::verdict(wrong == 0, "vector_add: %d elements, %d differ from the host", count, wrong);
}
