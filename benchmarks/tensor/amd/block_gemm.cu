// The algorithm of cuda/block_gemm.cu as it is written for AMD: a block of 256 threads computes 128 by 128 elements, waves of 32
// lanes 32 by 64 each, waves of 64 lanes 64 by 64.
#include "matrix_units.h"

constexpr int kBlock = 128, kThreads = 256, kWaves = kThreads / kWave;
constexpr int kWaveRows = kBlock * kBlock / kWaves / 64, kWaveColumns = 64;  // elements
constexpr int kLineBytes = 128, kSkewBytes = 32, kStrideBytes = kLineBytes + kSkewBytes;
using Piece = VECTOR(int, 4);

// Half of the threads copy lines of A, the others of B: 8 threads a line, 16 bytes each.
template <class T>
DEVICE void copy_lines(const T* from, int stride, char* lines, int thread) {
  const int first = thread / 8, column = thread % 8 * 16;
  const char* source = (const char*)(from + first * stride) + column;
  char* target = lines + first * kStrideBytes + column;
  Piece pieces[8];
#pragma unroll
  for (int i = 0; i < 8; ++i) pieces[i] = *(const Piece*)(source + i * 16 * stride * (int)sizeof(T));
#pragma unroll
  for (int i = 0; i < 8; ++i) *(Piece*)(target + i * 16 * kStrideBytes) = pieces[i];
}

// Rows of C or D, 128 elements of 4 bytes: 32 threads a row.
DEVICE void copy_rows(const int* from, int from_stride, int* to, int to_stride, int thread) {
#pragma unroll
  for (int i = 0; i < kBlock * kBlock / 4 / kThreads; ++i) {
    const int row = thread / 32 + i * (kThreads / 32);
    *((Piece*)(to + row * to_stride) + thread % 32) = *((const Piece*)(from + row * from_stride) + thread % 32);
  }
}

template <class T, class Sum>
DEVICE void block_gemm(const T* a, const T* b, const Sum* c, Sum* d, int n, int k, Sum alpha, Sum beta) {
  using U = Unit<T>;
  constexpr int kRows = kWaveRows / kTile, kColumns = kWaveColumns / kTile;
  extern __shared__ __attribute__((aligned(128))) char memory[];
  const int thread = threadIdx.x, wave = __builtin_amdgcn_readfirstlane(thread / kWave), lane = thread % kWave;
  const int top = wave / 2 * kWaveRows, left = wave % 2 * kWaveColumns;
  const long place = (long)blockIdx.y * kBlock * n + blockIdx.x * kBlock;
  Sum* tile = (Sum*)memory + top * kBlock + left + lane % kTile;
  constexpr int kStride = kStrideBytes / sizeof(T), kChunk = kLineBytes / sizeof(T);

  copy_rows((const int*)(c + place), n, (int*)memory, kBlock, thread);
  __syncthreads();
  typename U::Sums sums[kRows][kColumns];
#pragma unroll
  for (int i = 0; i < kRows; ++i) {
#pragma unroll
    for (int j = 0; j < kColumns; ++j) {
#pragma unroll
      for (int r = 0; r < kSumCount; ++r) sums[i][j][r] = beta * tile[(i * kTile + U::row(lane, r)) * kBlock + j * kTile];
    }
  }
  __syncthreads();

  const bool is_a = wave < kWaves / 2;
  const T* source = is_a ? a + (long)blockIdx.y * kBlock * k : b + (long)blockIdx.x * kBlock * k;
  char* target = is_a ? memory : memory + kBlock * kStrideBytes;
  const int at = lane % kTile * kStride + U::offset(lane);
  const T *rows = (const T*)memory + top * kStride + at, *columns = (const T*)memory + (kBlock + left) * kStride + at;
#pragma unroll 1
  for (int chunk = 0; chunk < k; chunk += kChunk) {
    copy_lines(source + chunk, k, target, thread % (kThreads / 2));
    __syncthreads();
#pragma unroll
    for (int step = 0; step < kChunk; step += U::kDepth) {
      typename U::Factor right[kColumns];
#pragma unroll
      for (int j = 0; j < kColumns; ++j) right[j] = U::load(columns + j * kTile * kStride + step);
#pragma unroll
      for (int i = 0; i < kRows; ++i) {
        const typename U::Factor factor = U::load(rows + i * kTile * kStride + step);
#pragma unroll
        for (int j = 0; j < kColumns; ++j) sums[i][j] = U::multiply(factor, right[j], sums[i][j]);
      }
    }
    __syncthreads();
  }

#pragma unroll
  for (int i = 0; i < kRows; ++i) {
#pragma unroll
    for (int j = 0; j < kColumns; ++j) {
#pragma unroll
      for (int r = 0; r < kSumCount; ++r) tile[(i * kTile + U::row(lane, r)) * kBlock + j * kTile] = alpha * sums[i][j][r];
    }
  }
  __syncthreads();
  copy_rows((const int*)memory, kBlock, (int*)(d + place), n, thread);
}

extern "C" __global__ void __launch_bounds__(256)
    block_gemm_f16(const _Float16* a, const _Float16* b, const float* c, float* d, int n, int k, float alpha, float beta) {
  block_gemm(a, b, c, d, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(256)
    block_gemm_bf16(const __bf16* a, const __bf16* b, const float* c, float* d, int n, int k, float alpha, float beta) {
  block_gemm(a, b, c, d, n, k, alpha, beta);
}
extern "C" __global__ void __launch_bounds__(256)
    block_gemm_s8(const signed char* a, const signed char* b, const int* c, int* d, int n, int k, int alpha, int beta) {
  block_gemm(a, b, c, d, n, k, alpha, beta);
}
