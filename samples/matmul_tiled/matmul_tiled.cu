// Matrix product with tiles in shared memory.
//
// Teaches: two-dimensional blocks and grids, __shared__ memory as a cache that the block fills together, and why
// __syncthreads() is needed twice per tile: once so that all of the tile is there before anyone reads it, once so that
// all have read it before anyone overwrites it. Each element of A and B is read from global memory once per tile row
// or column instead of once per multiplication: 16 times less traffic.
//
// Build: nvcc matmul_tiled.cu -o matmul_tiled

#include <cmath>
#include <vector>

#include "../common/check.h"

constexpr int TILE = 16;

// C (rows x columns) = A (rows x inner) * B (inner x columns), all row-major, any sizes.
__global__ void matmul_tiled(const float* a, const float* b, float* c, int rows, int inner, int columns) {
  __shared__ float tile_a[TILE][TILE];
  __shared__ float tile_b[TILE][TILE];
  const int row = blockIdx.y * TILE + threadIdx.y;
  const int column = blockIdx.x * TILE + threadIdx.x;

  float sum = 0;
  for (int start = 0; start < inner; start += TILE) {
    const int k_a = start + threadIdx.x, k_b = start + threadIdx.y;
    // Elements beyond the edge count as zero. No thread may return early: all must reach the barriers.
    tile_a[threadIdx.y][threadIdx.x] = row < rows && k_a < inner ? a[row * inner + k_a] : 0.0f;
    tile_b[threadIdx.y][threadIdx.x] = k_b < inner && column < columns ? b[k_b * columns + column] : 0.0f;
    __syncthreads();
    for (int k = 0; k < TILE; ++k) sum += tile_a[threadIdx.y][k] * tile_b[k][threadIdx.x];
    __syncthreads();
  }
  if (row < rows && column < columns) c[row * columns + column] = sum;
}

// The largest |result - exact| as a part of the bound that summing `inner` products in single precision has:
// inner * 2^-24 * sum |a*b| (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1).
double worst_error(const std::vector<float>& a, const std::vector<float>& b, const std::vector<float>& c, int rows, int inner,
                   int columns) {
  double worst = 0;
  std::vector<double> exact(columns), magnitude(columns);
  for (int row = 0; row < rows; ++row) {
    exact.assign(columns, 0);
    magnitude.assign(columns, 0);
    for (int k = 0; k < inner; ++k) {
      for (int column = 0; column < columns; ++column) {
        const double product = double(a[row * inner + k]) * b[k * columns + column];
        exact[column] += product;
        magnitude[column] += std::fabs(product);
      }
    }
    for (int column = 0; column < columns; ++column) {
      const double bound = inner * std::ldexp(magnitude[column], -24);
      worst = std::max(worst, std::fabs(c[row * columns + column] - exact[column]) / bound);
    }
  }
  return worst;
}

int main() {
  const int rows = 250, inner = 310, columns = 270;  // none a multiple of the tile
  std::vector<float> a(rows * inner), b(inner * columns), c(rows * columns);
  for (size_t i = 0; i < a.size(); ++i) a[i] = std::sin(0.37f * i);
  for (size_t i = 0; i < b.size(); ++i) b[i] = std::cos(0.21f * i);

  float *device_a, *device_b, *device_c;
  CUDA_CHECK(cudaMalloc(&device_a, a.size() * sizeof(float)));
  CUDA_CHECK(cudaMalloc(&device_b, b.size() * sizeof(float)));
  CUDA_CHECK(cudaMalloc(&device_c, c.size() * sizeof(float)));
  CUDA_CHECK(cudaMemcpy(device_a, a.data(), a.size() * sizeof(float), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemcpy(device_b, b.data(), b.size() * sizeof(float), cudaMemcpyHostToDevice));

  const dim3 block(TILE, TILE);
  const dim3 grid(samples::blocks_for(columns, TILE), samples::blocks_for(rows, TILE));
  matmul_tiled<<<grid, block>>>(device_a, device_b, device_c, rows, inner, columns);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(c.data(), device_c, c.size() * sizeof(float), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_a));
  CUDA_CHECK(cudaFree(device_b));
  CUDA_CHECK(cudaFree(device_c));

  const double worst = worst_error(a, b, c, rows, inner, columns);
  return samples::verdict(worst <= 1, "matmul_tiled: %dx%d by %dx%d, worst error %.4f of the rounding bound", rows, inner, inner,
                          columns, worst);
}
