// Loops around products as programs write them: a guard tested in each turn, beside barriers for all; bytes from neighbouring
// places, in any number of turns.
#include <cuda_fp16.h>
#include <mma.h>

#include "files.cuh"

namespace wmma = nvcuda::wmma;
constexpr int SIDE = 16;

// A warp computes a tile of C. Those of rows from `first` to `rows` multiply; all copy tiles of B to shared memory.
__global__ void guarded(const half* a, const half* b, float* c, int rows, int first, int k) {
  __shared__ half tile[SIDE * SIDE];
  const int row = threadIdx.x / 32 * SIDE;
  wmma::fragment<wmma::accumulator, SIDE, SIDE, SIDE, float> sums;
  wmma::fill_fragment(sums, 0.0f);
  for (int i = 0; i < k; i += SIDE) {
    for (int at = threadIdx.x; at < SIDE * SIDE; at += blockDim.x) tile[at] = b[i * SIDE + at];
    __syncthreads();
    if (row < rows && row >= first) {
      wmma::fragment<wmma::matrix_a, SIDE, SIDE, SIDE, half, wmma::row_major> left;
      wmma::fragment<wmma::matrix_b, SIDE, SIDE, SIDE, half, wmma::row_major> right;
      wmma::load_matrix_sync(left, a + row * k + i, k);
      wmma::load_matrix_sync(right, tile, SIDE);
      wmma::mma_sync(sums, left, right, sums);
    }
    __syncthreads();
  }
  if (row < rows) wmma::store_matrix_sync(c + row * SIDE, sums, SIDE, wmma::mem_row_major);
}

// The first `depth` of k elements of each row of A and each column of B.
__global__ void bytes(const signed char* a, const signed char* b, int* c, int rows, int depth, int k) {
  const int row = threadIdx.x / 32 * SIDE;
  wmma::fragment<wmma::accumulator, SIDE, SIDE, SIDE, int> sums;
  wmma::fill_fragment(sums, 0);
  for (int i = 0; i < depth; i += SIDE) {
    if (row < rows) {
      wmma::fragment<wmma::matrix_a, SIDE, SIDE, SIDE, signed char, wmma::row_major> left;
      wmma::fragment<wmma::matrix_b, SIDE, SIDE, SIDE, signed char, wmma::col_major> right;
      wmma::load_matrix_sync(left, a + row * k + i, k);
      wmma::load_matrix_sync(right, b + i, k);
      wmma::mma_sync(sums, left, right, sums);
    }
  }
  if (row < rows) wmma::store_matrix_sync(c + row * SIDE, sums, SIDE, wmma::mem_row_major);
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  const int rows = number<int>(files), k = number<int>(files);
  const half *a = given<half>(files), *b = given<half>(files);
  const signed char *x = given<signed char>(files), *y = given<signed char>(files);
  for (int threads : {32, 64, 96, 128})
    for (int limit : {SIDE, 3 * SIDE, rows})
      for (int first : {0, SIDE, 2 * SIDE}) {
        auto* c = empty<float>(rows * SIDE);
        guarded<<<1, threads>>>(a, b, c, limit, first, k);
        put(files, c, rows * SIDE);
      }
  for (int threads : {64, 96})
    for (int depth = 0; depth <= k; depth += SIDE) {
      auto* c = empty<int>(rows * SIDE);
      bytes<<<1, threads>>>(x, y, c, 2 * SIDE, depth, k);
      put(files, c, rows * SIDE);
    }
}
