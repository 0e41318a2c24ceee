// D = alpha A B + beta C through shared memory, as the samples that come with CUDA do it.
#include <mma.h>

#include "files.cuh"

using namespace nvcuda;

constexpr int SIDE = 64, DEEP = 32, SKEW = 16;  // a block's rows and columns, a step's depth, elements behind each row

// A by rows, B by columns, C and D by rows. Four warps have two by two tiles each.
template <typename T, typename S>
__global__ void gemm(const T* a, const T* b, const S* c, S* d, int n, int k, S alpha, S beta) {
  constexpr int pitch = DEEP + SKEW, wide = SIDE + SKEW;
  __shared__ __align__(32) T left[SIDE][pitch], right[SIDE][pitch];
  __shared__ __align__(32) S whole[SIDE][wide];
  const int row = blockIdx.y * SIDE, column = blockIdx.x * SIDE, warp = threadIdx.x / 32;
  const int own_row = warp / 2 * 32, own_column = warp % 2 * 32;
  for (int i = threadIdx.x; i < SIDE * SIDE; i += blockDim.x)
    whole[i / SIDE][i % SIDE] = c[(size_t)(row + i / SIDE) * n + column + i % SIDE];
  __syncthreads();
  wmma::fragment<wmma::accumulator, 16, 16, 16, S> sums[2][2];
#pragma unroll
  for (int i = 0; i < 2; ++i)
#pragma unroll
    for (int j = 0; j < 2; ++j) {
      wmma::load_matrix_sync(sums[i][j], &whole[own_row + i * 16][own_column + j * 16], wide, wmma::mem_row_major);
      for (int t = 0; t < sums[i][j].num_elements; ++t) sums[i][j].x[t] *= beta;
    }
  __syncthreads();
#pragma unroll 1
  for (int depth = 0; depth < k; depth += DEEP) {
    constexpr int many = 16 / sizeof(T), chunks = DEEP / many;
    for (int i = threadIdx.x; i < SIDE * chunks; i += blockDim.x) {
      const int r = i / chunks, at = i % chunks * many;
      *(int4*)&left[r][at] = *(const int4*)&a[(size_t)(row + r) * k + depth + at];
      *(int4*)&right[r][at] = *(const int4*)&b[(size_t)(column + r) * k + depth + at];
    }
    __syncthreads();
#pragma unroll
    for (int step = 0; step < DEEP; step += 16) {
      wmma::fragment<wmma::matrix_a, 16, 16, 16, T, wmma::row_major> x[2];
      wmma::fragment<wmma::matrix_b, 16, 16, 16, T, wmma::col_major> y[2];
#pragma unroll
      for (int i = 0; i < 2; ++i) {
        wmma::load_matrix_sync(x[i], &left[own_row + i * 16][step], pitch);
#pragma unroll
        for (int j = 0; j < 2; ++j) {
          if (i == 0) wmma::load_matrix_sync(y[j], &right[own_column + j * 16][step], pitch);
          wmma::mma_sync(sums[i][j], x[i], y[j], sums[i][j]);
        }
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < 2; ++i)
#pragma unroll
    for (int j = 0; j < 2; ++j) {
      for (int t = 0; t < sums[i][j].num_elements; ++t) sums[i][j].x[t] *= alpha;
      wmma::store_matrix_sync(&whole[own_row + i * 16][own_column + j * 16], sums[i][j], wide, wmma::mem_row_major);
    }
  __syncthreads();
  for (int i = threadIdx.x; i < SIDE * SIDE; i += blockDim.x)
    d[(size_t)(row + i / SIDE) * n + column + i % SIDE] = whole[i / SIDE][i % SIDE];
}

template <typename T, typename S>
void run(Files& files) {
  const int m = number<int>(files), n = number<int>(files), k = number<int>(files);
  const S alpha = number<S>(files), beta = number<S>(files);
  const T *a = given<T>(files), *b = given<T>(files);
  const S* c = given<S>(files);
  S* d = empty<S>(m * n);
  gemm<T, S><<<dim3(n / SIDE, m / SIDE), 128>>>(a, b, c, d, n, k, alpha, beta);
  put(files, d, m * n);
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  run<half, float>(files);
  run<half, half>(files);
  run<signed char, int>(files);
}
