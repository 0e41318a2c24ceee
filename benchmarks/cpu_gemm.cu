// The product of benchmarks/cpu_gemm.py: C = A B with nvcuda::wmma, halves to floats, a block of 8 warps for 128 by 64 elements,
// tiles in shared memory. Prints the best time of some launches in seconds, on the clock and
// of the processors, and whether some elements are right.
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <mma.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace wmma = nvcuda::wmma;

constexpr int kRows = 128, kColumns = 64, kDepth = 32, kSkew = 8, kTile = 16;

__global__ void __launch_bounds__(256) gemm(const half* a, const half* b, float* c, int n) {
  __shared__ half rows[kRows][kDepth + kSkew], columns[kDepth][kColumns + kSkew];
  const int thread = threadIdx.x, warp = thread / 32, top = warp / 2 * 32, left = warp % 2 * 32;
  const half* first_row = a + (size_t)blockIdx.y * kRows * n;
  const half* first_column = b + blockIdx.x * kColumns;
  wmma::fragment<wmma::accumulator, kTile, kTile, kTile, float> sums[2][2];
  for (int i = 0; i < 4; ++i) wmma::fill_fragment(sums[i / 2][i % 2], 0.0f);
  for (int k = 0; k < n; k += kDepth) {
    for (int i = 0; i < 2; ++i) {
      const int piece = thread + i * 256, row = piece / 4, column = piece % 4 * 8;
      *(int4*)&rows[row][column] = *(const int4*)(first_row + (size_t)row * n + k + column);
    }
    *(int4*)&columns[thread / 8][thread % 8 * 8] = *(const int4*)(first_column + (size_t)(k + thread / 8) * n + thread % 8 * 8);
    __syncthreads();
    for (int step = 0; step < kDepth; step += kTile) {
      wmma::fragment<wmma::matrix_a, kTile, kTile, kTile, half, wmma::row_major> x[2];
      wmma::fragment<wmma::matrix_b, kTile, kTile, kTile, half, wmma::row_major> y[2];
      for (int i = 0; i < 2; ++i) {
        wmma::load_matrix_sync(x[i], &rows[top + i * kTile][step], kDepth + kSkew);
        wmma::load_matrix_sync(y[i], &columns[step][left + i * kTile], kColumns + kSkew);
      }
      for (int i = 0; i < 4; ++i) wmma::mma_sync(sums[i / 2][i % 2], x[i / 2], y[i % 2], sums[i / 2][i % 2]);
    }
    __syncthreads();
  }
  float* result = c + (size_t)(blockIdx.y * kRows + top) * n + blockIdx.x * kColumns + left;
  for (int i = 0; i < 4; ++i)
    wmma::store_matrix_sync(result + (size_t)(i / 2) * kTile * n + i % 2 * kTile, sums[i / 2][i % 2], n, wmma::mem_row_major);
}

static bool is_right(const std::vector<half>& a, const std::vector<half>& b, const float* c, int n) {
  for (int i = 0; i < n; i += 37) {
    const int row = i, column = (i * 13) % n;
    double sum = 0;
    for (int k = 0; k < n; ++k) sum += (double)__half2float(a[(size_t)row * n + k]) * __half2float(b[(size_t)k * n + column]);
    if (!(std::fabs(sum - c[(size_t)row * n + column]) <= 1e-5 * n)) return false;
  }
  return true;
}

int main(int argc, char** argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 512, runs = argc > 2 ? atoi(argv[2]) : 3;
  std::vector<half> a((size_t)n * n), b(a.size());
  for (size_t i = 0; i < a.size(); ++i)
    a[i] = __float2half((float)(i * 7919 % 1021) / 511 - 1), b[i] = __float2half((float)(i * 104729 % 1021) / 511 - 1);
  half *x, *y;
  float* c;
  cudaMallocManaged(&x, a.size() * sizeof(half));
  cudaMallocManaged(&y, a.size() * sizeof(half));
  cudaMallocManaged(&c, a.size() * sizeof(float));
  cudaMemcpy(x, a.data(), a.size() * sizeof(half), cudaMemcpyDefault);
  cudaMemcpy(y, b.data(), b.size() * sizeof(half), cudaMemcpyDefault);
  double best = 1e30, least = 1e30;
  for (int i = 0; i <= runs; ++i) {  // the first is not counted
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t used = std::clock();
    gemm<<<dim3(n / kColumns, n / kRows), 256>>>(x, y, c, n);
    if (cudaDeviceSynchronize() != cudaSuccess) return 1;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (i == 0) continue;
    best = std::min(best, taken.count());
    least = std::min(least, double(std::clock() - used) / CLOCKS_PER_SEC);
  }
  printf("%.9f %.9f %s\n", best, least, is_right(a, b, c, n) ? "right" : "wrong");
}
