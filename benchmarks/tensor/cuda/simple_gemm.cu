// D = alpha A B + beta C from global memory, one tile of 16 by 16 a warp, as in cuda-samples' simple_wmma_gemm: blocks of 4 by 4
// warps.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <mma.h>

namespace wmma = nvcuda::wmma;

constexpr int kTile = 16;

template <class T, class Sum>
__device__ void simple_gemm(const T* a, const T* b, const Sum* c, Sum* d, int m, int n, int k, Sum alpha, Sum beta) {
  const int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32 * kTile, column = (blockIdx.y * blockDim.y + threadIdx.y) * kTile;
  wmma::fragment<wmma::matrix_a, kTile, kTile, kTile, T, wmma::row_major> left;
  wmma::fragment<wmma::matrix_b, kTile, kTile, kTile, T, wmma::col_major> right;
  wmma::fragment<wmma::accumulator, kTile, kTile, kTile, Sum> sums, old;
  wmma::fill_fragment(sums, Sum(0));
  for (int i = 0; i < k; i += kTile) {
    if (row < m && column < n) {
      wmma::load_matrix_sync(left, a + row * k + i, k);
      wmma::load_matrix_sync(right, b + column * k + i, k);
      wmma::mma_sync(sums, left, right, sums);
    }
  }
  if (row < m && column < n) {
    wmma::load_matrix_sync(old, c + row * n + column, n, wmma::mem_row_major);
    for (int e = 0; e < old.num_elements; ++e) old.x[e] = alpha * sums.x[e] + beta * old.x[e];
    wmma::store_matrix_sync(d + row * n + column, old, n, wmma::mem_row_major);
  }
}

extern "C" __global__ void __launch_bounds__(512)
    simple_gemm_f16(const half* a, const half* b, const float* c, float* d, int m, int n, int k, float alpha, float beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(512) simple_gemm_bf16(const __nv_bfloat16* a, const __nv_bfloat16* b, const float* c,
                                                                   float* d, int m, int n, int k, float alpha, float beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(512)
    simple_gemm_s8(const signed char* a, const signed char* b, const int* c, int* d, int m, int n, int k, int alpha, int beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}

// Doubles have tiles of 8 by 8 and 4 along k; a warp computes four of them, so that it has as many elements as the others.
extern "C" __global__ void __launch_bounds__(512)
    simple_gemm_f64(const double* a, const double* b, const double* c, double* d, int m, int n, int k, double alpha, double beta) {
  const int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32 * kTile, column = (blockIdx.y * blockDim.y + threadIdx.y) * kTile;
  if (row >= m || column >= n) return;
  wmma::fragment<wmma::matrix_a, 8, 8, 4, double, wmma::row_major> left[2];
  wmma::fragment<wmma::matrix_b, 8, 8, 4, double, wmma::col_major> right[2];
  wmma::fragment<wmma::accumulator, 8, 8, 4, double> sums[2][2], old;
  for (int i = 0; i < 4; ++i) wmma::fill_fragment(sums[i / 2][i % 2], 0.0);
  for (int step = 0; step < k; step += 4) {
    for (int i = 0; i < 2; ++i) {
      wmma::load_matrix_sync(left[i], a + (row + 8 * i) * k + step, k);
      wmma::load_matrix_sync(right[i], b + (column + 8 * i) * k + step, k);
    }
    for (int i = 0; i < 4; ++i) wmma::mma_sync(sums[i / 2][i % 2], left[i / 2], right[i % 2], sums[i / 2][i % 2]);
  }
  for (int i = 0; i < 4; ++i) {
    const int place = (row + i / 2 * 8) * n + column + i % 2 * 8;
    wmma::load_matrix_sync(old, c + place, n, wmma::mem_row_major);
    for (int e = 0; e < old.num_elements; ++e) old.x[e] = alpha * sums[i / 2][i % 2].x[e] + beta * old.x[e];
    wmma::store_matrix_sync(d + place, old, n, wmma::mem_row_major);
  }
}
