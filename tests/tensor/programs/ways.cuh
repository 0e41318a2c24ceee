// Two ways to multiply tiles: fragments of nvcuda::wmma, and registers of mma.sync as PTX documents them.
#pragma once

#include <mma.h>

#include "mma.cuh"

// A by rows, B by columns, C and D by rows: tiles one behind the other.
template <int m, int n, int k, typename T_, typename S_>
struct Fragments {
  typedef T_ T;
  typedef S_ S;
  typedef nvcuda::wmma::fragment<nvcuda::wmma::accumulator, m, n, k, S> Sums;
  static constexpr int OF_A = m * k, OF_B = k * n, AREA = m * n, COUNT = Sums::num_elements;

  static __device__ void load(Sums& sums, const S* c) { nvcuda::wmma::load_matrix_sync(sums, c, n, nvcuda::wmma::mem_row_major); }
  static __device__ void add(Sums& sums, const T* a, const T* b) {
    nvcuda::wmma::fragment<nvcuda::wmma::matrix_a, m, n, k, T, nvcuda::wmma::row_major> x;
    nvcuda::wmma::fragment<nvcuda::wmma::matrix_b, m, n, k, T, nvcuda::wmma::col_major> y;
    nvcuda::wmma::load_matrix_sync(x, a, k);
    nvcuda::wmma::load_matrix_sync(y, b, k);
    nvcuda::wmma::mma_sync(sums, x, y, sums);
  }
  static __device__ S& element(Sums& sums, int i) { return sums.x[i]; }
  static __device__ void store(S* d, const Sums& sums) { nvcuda::wmma::store_matrix_sync(d, sums, n, nvcuda::wmma::mem_row_major); }
  static __device__ void store_columns(S* d, const Sums& sums) {
    nvcuda::wmma::store_matrix_sync(d, sums, m, nvcuda::wmma::mem_col_major);
  }
};

typedef Fragments<16, 16, 16, half, float> Whole;

struct Registers {
  typedef half T;
  typedef float S;
  struct Sums {
    float x[2][4];
  };
  static constexpr int SIDE = 16, OF_A = SIDE * SIDE, OF_B = OF_A, AREA = OF_A, COUNT = 8;

  static __device__ int row(int i) { return threadIdx.x % 32 / 4 + i / 2 * 8; }
  static __device__ int column(int j, int i) { return j * 8 + threadIdx.x % 4 * 2 + i % 2; }
  static __device__ void load(Sums& sums, const float* c) {
    for (int j = 0; j < 2; ++j)
      for (int i = 0; i < 4; ++i) sums.x[j][i] = c[row(i) * SIDE + column(j, i)];
  }
  static __device__ void add(Sums& sums, const half* a, const half* b) {
    const int lane = threadIdx.x % 32;
    unsigned x[4];
    for (int i = 0; i < 4; ++i) x[i] = *(const unsigned*)&a[(lane / 4 + i % 2 * 8) * SIDE + i / 2 * 8 + lane % 4 * 2];
    for (int j = 0; j < 2; ++j) {
      const half* column = b + (j * 8 + lane / 4) * SIDE + lane % 4 * 2;
      multiply((half*)nullptr, sums.x[j], x, *(const unsigned*)column, *(const unsigned*)(column + 8));
    }
  }
  static __device__ float& element(Sums& sums, int i) { return sums.x[i / 4][i % 4]; }
  static __device__ void store(float* d, const Sums& sums) {
    for (int j = 0; j < 2; ++j)
      for (int i = 0; i < 4; ++i) d[row(i) * SIDE + column(j, i)] = sums.x[j][i];
  }
  static __device__ void store_columns(float* d, const Sums& sums) {
    for (int j = 0; j < 2; ++j)
      for (int i = 0; i < 4; ++i) d[column(j, i) * SIDE + row(i)] = sums.x[j][i];
  }
};
