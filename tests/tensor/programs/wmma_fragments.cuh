// What programs do with fragments beside products: each kernel makes one tile of D for each block, of one warp.
#pragma once

#include <cuda_bf16.h>
#include <mma.h>

#include "files.cuh"

using namespace nvcuda;

// A by rows, B by columns, C and D by rows, `tiles` tiles deep; every matrix has spare elements behind each row (column).
template <typename T, typename S>
struct Operands {
  const T *a, *b;
  const S* c;
  S* d;
  int tiles, pitch_a, pitch_b, pitch_c, flag;
};

template <int m_, int n_, int k_, typename T_, typename Memory_, typename S_>
struct Kind {
  static constexpr int m = m_, n = n_, k = k_;
  typedef T_ T;
  typedef Memory_ Memory;
  typedef S_ S;
  typedef wmma::fragment<wmma::matrix_a, m, n, k, T, wmma::row_major> A;
  typedef wmma::fragment<wmma::matrix_b, m, n, k, T, wmma::col_major> B;
  typedef wmma::fragment<wmma::accumulator, m, n, k, S> C;
  typedef Operands<Memory, S> Job;

  static __device__ int row() { return blockIdx.y * m; }
  static __device__ int column() { return blockIdx.x * n; }
  static __device__ void load(A& a, const Job& j, int tile) {
    wmma::load_matrix_sync(a, j.a + row() * j.pitch_a + tile * k, j.pitch_a);
  }
  static __device__ void load(B& b, const Job& j, int tile) {
    wmma::load_matrix_sync(b, j.b + column() * j.pitch_b + tile * k, j.pitch_b);
  }
  static __device__ void load(C& c, const Job& j) {
    wmma::load_matrix_sync(c, j.c + row() * j.pitch_c + column(), j.pitch_c, wmma::mem_row_major);
  }
  static __device__ void store(const Job& j, const C& c) {
    wmma::store_matrix_sync(j.d + row() * j.pitch_c + column(), c, j.pitch_c, wmma::mem_row_major);
  }
};

typedef Kind<16, 16, 16, half, half, float> F16;
typedef Kind<32, 8, 16, half, half, half> F16Sums;
typedef Kind<16, 16, 16, __nv_bfloat16, __nv_bfloat16, float> BF16;
typedef Kind<8, 32, 16, signed char, signed char, int> S8;
typedef Kind<16, 16, 8, wmma::precision::tf32, float, float> TF32;
typedef Kind<8, 8, 4, double, double, double> F64;

// D = A B + C over a loop whose trip count is not known.
template <class K>
__global__ void chained(typename K::Job j) {
  typename K::A a;
  typename K::B b;
  typename K::C sums;
  K::load(sums, j);
  for (int tile = 0; tile < j.tiles; ++tile) {
    K::load(a, j, tile);
    K::load(b, j, tile);
    wmma::mma_sync(sums, a, b, sums);
  }
  K::store(j, sums);
}

// D = 2 A B - C, by elements of two accumulators.
template <class K>
__global__ void scaled(typename K::Job j) {
  typename K::A a;
  typename K::B b;
  typename K::C sums, c;
  wmma::fill_fragment(sums, typename K::S(0));
  for (int tile = 0; tile < j.tiles; ++tile) {
    K::load(a, j, tile);
    K::load(b, j, tile);
    wmma::mma_sync(sums, a, b, sums);
  }
  K::load(c, j);
  for (int i = 0; i < c.num_elements; ++i) c.x[i] = typename K::S(2) * sums.x[i] - c.x[i];
  K::store(j, c);
}

// The same, one element after the other in a loop that stays one.
template <class K>
__global__ void indexed(typename K::Job j) {
  typename K::A a;
  typename K::B b;
  typename K::C sums, c;
  wmma::fill_fragment(sums, typename K::S(0));
#pragma unroll 1
  for (int tile = 0; tile < j.tiles; ++tile) {
    K::load(a, j, tile);
    K::load(b, j, tile);
    wmma::mma_sync(sums, a, b, sums);
  }
  K::load(c, j);
#pragma unroll 1
  for (int i = 0; i < c.num_elements; ++i) c.x[i] = typename K::S(2) * sums.x[i] - c.x[i];
  K::store(j, c);
}

// D = max(A, 0) (2 B) + C: elements of operands.
template <class K>
__global__ void changed_operands(typename K::Job j) {
  typename K::A a;
  typename K::B b;
  typename K::C sums;
  K::load(sums, j);
  for (int tile = 0; tile < j.tiles; ++tile) {
    K::load(a, j, tile);
    K::load(b, j, tile);
    for (int i = 0; i < a.num_elements; ++i)
      if (a.x[i] < typename K::Memory(0)) a.x[i] = typename K::Memory(0);
    for (int i = 0; i < b.num_elements; ++i) b.x[i] = b.x[i] + b.x[i];
    wmma::mma_sync(sums, a, b, sums);
  }
  K::store(j, sums);
}

template <class K>
__device__ __noinline__ void step(typename K::C& sums, const typename K::A& a, const typename K::B& b) {
  wmma::mma_sync(sums, a, b, sums);
}
template <class K>
__device__ __noinline__ typename K::C positive(typename K::C c) {
  for (int i = 0; i < c.num_elements; ++i)
    if (c.x[i] < typename K::S(0)) c.x[i] = typename K::S(0);
  return c;
}

// D = max(A B + C, 0), by functions that take fragments by reference and by value.
template <class K>
__global__ void by_functions(typename K::Job j) {
  typename K::A a;
  typename K::B b;
  typename K::C sums;
  K::load(sums, j);
  for (int tile = 0; tile < j.tiles; ++tile) {
    K::load(a, j, tile);
    K::load(b, j, tile);
    step<K>(sums, a, b);
  }
  K::store(j, positive<K>(sums));
}

// D = A B + C, with the next tile's operands loaded ahead, copied, and the choice of two accumulators.
template <class K>
__global__ void ahead(typename K::Job j) {
  typename K::A a[2];
  typename K::B b[2];
  typename K::C sums, others;
  K::load(sums, j);
  wmma::fill_fragment(others, typename K::S(7));
  K::load(a[0], j, 0);
  K::load(b[0], j, 0);
  for (int tile = 0; tile < j.tiles; ++tile) {
    if (tile + 1 < j.tiles) {
      K::load(a[1], j, tile + 1);
      K::load(b[1], j, tile + 1);
    }
    wmma::mma_sync(sums, a[0], b[0], sums);
    a[0] = a[1];
    b[0] = b[1];
  }
  typename K::C chosen = j.flag ? sums : others;
  K::store(j, chosen);
}

// D = A B + C of two by two tiles; `unrolled` says whether arrays of fragments have indices that the compiler knows.
template <class K, int unrolled>
__global__ void tiled(typename K::Job j) {
  typename K::A a[2];
  typename K::B b[2];
  typename K::C sums[2][2];
#pragma unroll unrolled
  for (int r = 0; r < 2; ++r)
#pragma unroll unrolled
    for (int c = 0; c < 2; ++c)
      wmma::load_matrix_sync(sums[r][c], j.c + r * K::m * j.pitch_c + c * K::n, j.pitch_c, wmma::mem_row_major);
#pragma unroll 1
  for (int tile = 0; tile < j.tiles; ++tile) {
#pragma unroll unrolled
    for (int r = 0; r < 2; ++r) wmma::load_matrix_sync(a[r], j.a + r * K::m * j.pitch_a + tile * K::k, j.pitch_a);
#pragma unroll unrolled
    for (int c = 0; c < 2; ++c) wmma::load_matrix_sync(b[c], j.b + c * K::n * j.pitch_b + tile * K::k, j.pitch_b);
#pragma unroll unrolled
    for (int r = 0; r < 2; ++r)
#pragma unroll unrolled
      for (int c = 0; c < 2; ++c) wmma::mma_sync(sums[r][c], a[r], b[c], sums[r][c]);
  }
#pragma unroll unrolled
  for (int r = 0; r < 2; ++r)
#pragma unroll unrolled
    for (int c = 0; c < 2; ++c)
      wmma::store_matrix_sync(j.d + r * K::m * j.pitch_c + c * K::n, sums[r][c], j.pitch_c, wmma::mem_row_major);
}

// D = A B + C, all fragments laid by lanes into shared memory and taken back.
template <class K>
__global__ void laid_aside(typename K::Job j) {
  __shared__ typename K::A left[32];
  __shared__ typename K::B right[32];
  __shared__ typename K::C sums[32];
  typename K::C own;
  K::load(own, j);
  sums[threadIdx.x] = own;
  for (int tile = 0; tile < j.tiles; ++tile) {
    typename K::A a;
    typename K::B b;
    K::load(a, j, tile);
    K::load(b, j, tile);
    left[threadIdx.x] = a;
    right[threadIdx.x] = b;
    __syncwarp();
    wmma::mma_sync(own, left[threadIdx.x], right[threadIdx.x], sums[threadIdx.x]);
    sums[threadIdx.x] = own;
  }
  K::store(j, sums[threadIdx.x]);
}

// D = 1 B + C: sums of columns, with C's first row for all rows: a pitch of zero.
template <class K>
__global__ void column_sums(typename K::Job j) {
  typename K::A ones;
  typename K::B b;
  typename K::C sums;
  wmma::load_matrix_sync(sums, j.c + K::column(), 0, wmma::mem_row_major);
  wmma::fill_fragment(ones, typename K::Memory(1));
  for (int tile = 0; tile < j.tiles; ++tile) {
    K::load(b, j, tile);
    wmma::mma_sync(sums, ones, b, sums);
  }
  K::store(j, sums);
}

// D = A (A B + C mod 2) of the first tiles: a product's result, through shared memory, is an operand.
template <class K>
__global__ void twice(typename K::Job j) {
  __shared__ __align__(32) typename K::S sums[K::m * K::n];
  __shared__ __align__(32) typename K::Memory again[K::k * K::n];
  typename K::A a;
  typename K::B b;
  typename K::C c;
  K::load(c, j);
  K::load(a, j, 0);
  K::load(b, j, 0);
  wmma::mma_sync(c, a, b, c);
  wmma::store_matrix_sync(sums, c, K::m, wmma::mem_col_major);
  __syncwarp();
  for (int i = threadIdx.x; i < K::k * K::n; i += 32) {
    const int row = i % K::k, column = i / K::k;
    again[i] = typename K::Memory(row < K::m ? int(sums[column * K::m + row]) & 1 : 0);
  }
  __syncwarp();
  wmma::load_matrix_sync(b, again, K::k);
  wmma::fill_fragment(c, typename K::S(0));
  wmma::mma_sync(c, a, b, c);
  K::store(j, c);
}

// Every kernel on the same matrices of two by two tiles.
template <class K>
void run(Files& files) {
  const int tiles = number<int>(files), spare = number<int>(files);
  auto *a = given<typename K::Memory>(files), *b = given<typename K::Memory>(files);
  auto* c = given<typename K::S>(files);
  const int pitch = tiles * K::k + spare, wide = 2 * K::n + spare;
  void (*kernels[])(typename K::Job) = {chained<K>,      scaled<K>, indexed<K>,  changed_operands<K>,
                                        by_functions<K>, ahead<K>,  ahead<K>,    laid_aside<K>,
                                        column_sums<K>,  twice<K>,  tiled<K, 2>, tiled<K, 1>};
  int flag = 0;
  for (auto kernel : kernels) {
    auto* d = empty<typename K::S>(2 * K::m * wide);
    flag += kernel == ahead<K>;
    const bool whole = kernel == tiled<K, 2> || kernel == tiled<K, 1>;
    kernel<<<whole ? dim3(1) : dim3(2, 2), 32>>>({a, b, c, d, tiles, pitch, pitch, wide, flag == 1});
    put(files, d, 2 * K::m * wide);
  }
}
