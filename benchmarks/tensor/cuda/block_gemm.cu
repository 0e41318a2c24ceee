// D = alpha (A B + beta C) with tiles in shared memory, in the structure of cuda-samples' cudaTensorCoreGemm: a block of 8 warps
// computes 128 by 128 elements, a warp 2 by 4 tiles of 16 by 16; 128 bytes of each row of A and column of B at a time lie in shared
// memory.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <mma.h>

namespace wmma = nvcuda::wmma;

constexpr int kTile = 16, kBlock = 128, kWarps = 8, kWarpRows = 2, kWarpColumns = 4;
constexpr int kLineBytes = 128, kSkewBytes = 32, kStrideBytes = kLineBytes + kSkewBytes;

// Half of the warps copy lines of A, the others of B: 8 lanes a line, 16 bytes each.
template <class T>
__device__ void copy_lines(const T* from, int stride, char* lines, int warp, int lane) {
  const int first = warp % 4 * 32 + lane / 8;
  const T* source = from + (size_t)first * stride + lane % 8 * (16 / sizeof(T));
  char* target = lines + first * kStrideBytes + lane % 8 * 16;
#pragma unroll
  for (int i = 0; i < 8; ++i) *(int4*)(target + i * 4 * kStrideBytes) = *(const int4*)(source + (size_t)i * 4 * stride);
}

// Rows of C or D, 128 elements of 4 bytes: 16 rows for each warp, a row at a time.
__device__ void copy_rows(const int* from, int from_stride, int* to, int to_stride, int warp, int lane) {
#pragma unroll
  for (int i = 0; i < kTile; ++i) {
    const int row = warp * kTile + i;
    *((int4*)(to + (size_t)row * to_stride) + lane) = *((const int4*)(from + (size_t)row * from_stride) + lane);
  }
}

template <class T, class Sum>
__device__ void block_gemm(const T* a, const T* b, const Sum* c, Sum* d, int n, int k, Sum alpha, Sum beta) {
  extern __shared__ __align__(128) char memory[];
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int top = warp / 2 * kWarpRows * kTile, left = warp % 2 * kWarpColumns * kTile;
  const size_t place = (size_t)blockIdx.y * kBlock * n + blockIdx.x * kBlock;
  Sum* tile = (Sum*)memory + top * kBlock + left;
  constexpr int kStride = kStrideBytes / sizeof(T), kChunk = kLineBytes / sizeof(T);

  copy_rows((const int*)(c + place), n, (int*)memory, kBlock, warp, lane);
  __syncthreads();
  wmma::fragment<wmma::accumulator, kTile, kTile, kTile, Sum> sums[kWarpRows][kWarpColumns];
#pragma unroll
  for (int i = 0; i < kWarpRows; ++i) {
#pragma unroll
    for (int j = 0; j < kWarpColumns; ++j) {
      wmma::load_matrix_sync(sums[i][j], tile + i * kTile * kBlock + j * kTile, kBlock, wmma::mem_row_major);
#pragma unroll
      for (int e = 0; e < sums[i][j].num_elements; ++e) sums[i][j].x[e] *= beta;
    }
  }
  __syncthreads();

  char *rows = memory, *columns = memory + kBlock * kStrideBytes;
  const bool is_a = warp < kWarps / 2;
  const T* source = is_a ? a + (size_t)blockIdx.y * kBlock * k : b + (size_t)blockIdx.x * kBlock * k;
#pragma unroll 1
  for (int chunk = 0; chunk < k; chunk += kChunk) {
    copy_lines(source + chunk, k, is_a ? rows : columns, warp, lane);
    __syncthreads();
#pragma unroll
    for (int step = 0; step < kChunk; step += kTile) {
      wmma::fragment<wmma::matrix_a, kTile, kTile, kTile, T, wmma::row_major> left_factor[kWarpRows];
      wmma::fragment<wmma::matrix_b, kTile, kTile, kTile, T, wmma::col_major> right_factor[kWarpColumns];
#pragma unroll
      for (int i = 0; i < kWarpRows; ++i) {
        wmma::load_matrix_sync(left_factor[i], (const T*)rows + (top + i * kTile) * kStride + step, kStride);
#pragma unroll
        for (int j = 0; j < kWarpColumns; ++j) {
          if (i == 0) wmma::load_matrix_sync(right_factor[j], (const T*)columns + (left + j * kTile) * kStride + step, kStride);
          wmma::mma_sync(sums[i][j], left_factor[i], right_factor[j], sums[i][j]);
        }
      }
    }
    __syncthreads();
  }

#pragma unroll
  for (int i = 0; i < kWarpRows; ++i) {
#pragma unroll
    for (int j = 0; j < kWarpColumns; ++j) {
#pragma unroll
      for (int e = 0; e < sums[i][j].num_elements; ++e) sums[i][j].x[e] *= alpha;
      wmma::store_matrix_sync(tile + i * kTile * kBlock + j * kTile, sums[i][j], kBlock, wmma::mem_row_major);
    }
  }
  __syncthreads();
  copy_rows((const int*)memory, kBlock, (int*)(d + place), n, warp, lane);
}

extern "C" __global__ void __launch_bounds__(256)
    block_gemm_f16(const half* a, const half* b, const float* c, float* d, int n, int k, float alpha, float beta) {
  block_gemm(a, b, c, d, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(256) block_gemm_bf16(const __nv_bfloat16* a, const __nv_bfloat16* b, const float* c,
                                                                  float* d, int n, int k, float alpha, float beta) {
  block_gemm(a, b, c, d, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(256)
    block_gemm_s8(const signed char* a, const signed char* b, const int* c, int* d, int n, int k, int alpha, int beta) {
  block_gemm(a, b, c, d, n, k, alpha, beta);
}
