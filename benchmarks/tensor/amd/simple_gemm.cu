// The algorithm of cuda/simple_gemm.cu as it is written for AMD: one tile a wave, factors from global memory. Blocks of 64 by 64.
#include "matrix_units.h"

template <class T, class Sum>
DEVICE void simple_gemm(const T* a, const T* b, const Sum* c, Sum* d, int m, int n, int k, Sum alpha, Sum beta) {
  using U = Unit<T>;
  const int lane = threadIdx.x % kWave;
  const int wave = __builtin_amdgcn_readfirstlane(threadIdx.x / kWave);
  const int top = blockIdx.x * 64 + wave * kTile, left = (blockIdx.y * blockDim.y + threadIdx.y) * kTile;
  if (top >= m || left >= n) return;
  const T *rows = a + (top + lane % kTile) * k + U::offset(lane), *columns = b + (left + lane % kTile) * k + U::offset(lane);
  typename U::Sums sums = 0;
  for (int i = 0; i < k; i += U::kDepth) sums = U::multiply(U::load(rows + i), U::load(columns + i), sums);
  const int place = top * n + left + lane % kTile;
#pragma unroll
  for (int r = 0; r < kSumCount; ++r) {
    const int at = place + U::row(lane, r) * n;
    d[at] = alpha * sums[r] + beta * c[at];
  }
}

extern "C" __global__ void __launch_bounds__(1024)
    simple_gemm_f16(const _Float16* a, const _Float16* b, const float* c, float* d, int m, int n, int k, float alpha, float beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(1024)
    simple_gemm_bf16(const __bf16* a, const __bf16* b, const float* c, float* d, int m, int n, int k, float alpha, float beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(1024)
    simple_gemm_s8(const signed char* a, const signed char* b, const int* c, int* d, int m, int n, int k, int alpha, int beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}
#if defined(__GFX9__) && !defined(MFMA_32)
extern "C" __global__ void __launch_bounds__(1024)
    simple_gemm_f64(const double* a, const double* b, const double* c, double* d, int m, int n, int k, double alpha, double beta) {
  simple_gemm(a, b, c, d, m, n, k, alpha, beta);
}
#endif
