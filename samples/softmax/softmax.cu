// Softmax of each row of a matrix: one block per row.
//
// Teaches: reductions that combine warp shuffles (registers only, no barrier) with shared memory (between warps), the
// same reduction with two operators through a template, and the shift by the maximum that keeps expf in range.
//
// Build: nvcc softmax.cu -o softmax

#include <cmath>
#include <vector>

#include "../common/check.h"

constexpr int THREADS = 128, WARPS = THREADS / 32;
constexpr unsigned ALL_LANES = 0xffffffffu;

struct Maximum {
  __device__ float operator()(float a, float b) const { return fmaxf(a, b); }
};

struct Sum {
  __device__ float operator()(float a, float b) const { return a + b; }
};

// Every thread passes a value; every thread gets the combination of all.
template <typename Operator>
__device__ float block_reduce(float value, Operator combine) {
  __shared__ float warp_results[WARPS];
  for (int offset = 16; offset > 0; offset /= 2) value = combine(value, __shfl_xor_sync(ALL_LANES, value, offset));
  if (threadIdx.x % 32 == 0) warp_results[threadIdx.x / 32] = value;
  __syncthreads();
  value = warp_results[0];
  for (int warp = 1; warp < WARPS; ++warp) value = combine(value, warp_results[warp]);
  __syncthreads();  // the next reduction writes warp_results again
  return value;
}

__global__ void softmax(const float* in, float* out, int columns) {
  const float* row = in + static_cast<size_t>(blockIdx.x) * columns;
  float* result = out + static_cast<size_t>(blockIdx.x) * columns;

  float largest = -INFINITY;
  for (int i = threadIdx.x; i < columns; i += THREADS) largest = fmaxf(largest, row[i]);
  largest = block_reduce(largest, Maximum());

  float sum = 0;
  for (int i = threadIdx.x; i < columns; i += THREADS) sum += expf(row[i] - largest);
  sum = block_reduce(sum, Sum());

  for (int i = threadIdx.x; i < columns; i += THREADS) result[i] = expf(row[i] - largest) / sum;
}

int main() {
  const int rows = 300, columns = 1000;
  std::vector<float> in(rows * columns), out(rows * columns);
  for (size_t i = 0; i < in.size(); ++i) in[i] = 100 + 8 * std::sin(0.013f * i);  // expf(100) would overflow

  float *device_in, *device_out;
  CUDA_CHECK(cudaMalloc(&device_in, in.size() * sizeof(float)));
  CUDA_CHECK(cudaMalloc(&device_out, out.size() * sizeof(float)));
  CUDA_CHECK(cudaMemcpy(device_in, in.data(), in.size() * sizeof(float), cudaMemcpyHostToDevice));
  softmax<<<rows, THREADS>>>(device_in, device_out, columns);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(out.data(), device_out, out.size() * sizeof(float), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_in));
  CUDA_CHECK(cudaFree(device_out));

  // Relative error in units of 2^-24: the rounded difference (up to 16) moves its exponential by up to 16; expf adds 2
  // (CUDA's documented 1 ulp is 2 such units); the sum of positive terms passes 8 + 5 + 3 additions on top of that;
  // the division adds 1. In all 18 + 18 + 16 + 1 = 53 units.
  const double bound = std::ldexp(53, -24);
  double worst = 0;
  for (int row = 0; row < rows; ++row) {
    const float* values = in.data() + row * columns;
    double sum = 0, largest = -INFINITY;
    for (int i = 0; i < columns; ++i) largest = std::fmax(largest, values[i]);
    for (int i = 0; i < columns; ++i) sum += std::exp(values[i] - largest);
    for (int i = 0; i < columns; ++i) {
      const double exact = std::exp(values[i] - largest) / sum;
      worst = std::fmax(worst, std::fabs(out[row * columns + i] - exact) / exact);
    }
  }
  return samples::verdict(worst <= bound, "softmax: %d rows of %d, worst relative error %.2g (bound %.2g)", rows, columns, worst,
                          bound);
}
