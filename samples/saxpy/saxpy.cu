// SAXPY, y = a*x + y: one grid size for any problem size.
//
// Teaches: the grid-stride loop (a fixed number of threads walks over all elements, neighbours stay neighbours, so
// that accesses coalesce), scalar kernel arguments, and what a tolerance must allow for.
//
// Build: nvcc saxpy.cu -o saxpy

#include <algorithm>
#include <cmath>
#include <vector>

#include "../common/check.h"

__global__ void saxpy(int count, float a, const float* x, float* y) {
  const int stride = gridDim.x * blockDim.x;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += stride) y[i] = a * x[i] + y[i];
}

int main() {
  const int count = 1 << 20;
  const float a = 2.7f;
  std::vector<float> x(count), y(count), result(count);
  for (int i = 0; i < count; ++i) {
    x[i] = std::sin(0.001f * i);
    y[i] = std::cos(0.003f * i);
  }

  float *device_x, *device_y;
  CUDA_CHECK(cudaMalloc(&device_x, count * sizeof(float)));
  CUDA_CHECK(cudaMalloc(&device_y, count * sizeof(float)));
  CUDA_CHECK(cudaMemcpy(device_x, x.data(), count * sizeof(float), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemcpy(device_y, y.data(), count * sizeof(float), cudaMemcpyHostToDevice));

  saxpy<<<64, 256>>>(count, a, device_x, device_y);  // 16,384 threads, 64 elements each
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(result.data(), device_y, count * sizeof(float), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_x));
  CUDA_CHECK(cudaFree(device_y));

  // The compiler may round once (fused multiply-add) or twice (multiply, then add). Either way the error is at most
  // half a unit in the last place of the product plus half a unit of the result: 2^-24 * (|a*x| + |y'|).
  double worst = 0;
  for (int i = 0; i < count; ++i) {
    const double product = double(a) * x[i], exact = product + y[i];
    const double bound = std::ldexp(std::fabs(product) + std::fabs(exact) + 1e-30, -24) * 1.0001;
    worst = std::max(worst, std::fabs(result[i] - exact) / bound);
  }
  return samples::verdict(worst <= 1, "saxpy: %d elements, worst error %.3f of the rounding bound", count, worst);
}
