// One product D = A B + C of nvcuda::wmma, of any shape, types and layouts, from memory of any state space.
#pragma once

#include <cuda_bf16.h>
#include <mma.h>

#include "files.cuh"

using namespace nvcuda;
using wmma::col_major;
using wmma::row_major;
using wmma::experimental::precision::b1;
using wmma::experimental::precision::s4;
using wmma::experimental::precision::u4;
using wmma::precision::tf32;
typedef __nv_bfloat16 bf16;
typedef signed char s8;
typedef unsigned char u8;

enum Space { GLOBAL, SHARED, GENERIC };
// Bytes, and elements from one row (column) to the next, of A, B, C and D; which of C and D are by rows; how it is multiplied.
struct Job {
  unsigned bytes[4], pitch[4], rows_c, rows_d, saturate, conjunction;
};

// What loads take pointers to.
template <typename T>
struct Memory {
  typedef T type;
};
template <>
struct Memory<tf32> {
  typedef float type;
};
template <>
struct Memory<s4> {
  typedef void type;
};
template <>
struct Memory<u4> {
  typedef void type;
};
template <>
struct Memory<b1> {
  typedef void type;
};

__device__ inline void copy(char* to, const char* from, unsigned bytes) {
  for (unsigned i = threadIdx.x; i < bytes; i += 32) to[i] = from[i];
  __syncwarp();
}

// Where matrix `n` is read and written; in shared memory one lies behind the other.
template <Space where>
__device__ char* placed(const Job& job, int n, char* global, char* shared) {
  if (where == GLOBAL) return global;
  for (int i = 0; i < n; ++i) shared += (job.bytes[i] + 31) / 32 * 32;
  copy(shared, global, job.bytes[n]);
  return where == SHARED || (n & 1) == 0 ? shared : global;
}

template <class Result, class A, class B, class Given>
__device__ void multiplied(Result& d, const A& a, const B& b, const Given& c, const Job& job) {
  wmma::mma_sync(d, a, b, c);
}
template <class C, class A, class B>
__device__ void multiplied_integers(C& d, const A& a, const B& b, const C& c, const Job& job) {
  if (job.saturate)
    wmma::mma_sync(d, a, b, c, true);
  else
    wmma::mma_sync(d, a, b, c);
}
template <int m, int n, int k, typename T, class LA, class LB>
__device__ void multiplied(wmma::fragment<wmma::accumulator, m, n, k, int>& d,
                           const wmma::fragment<wmma::matrix_a, m, n, k, T, LA>& a,
                           const wmma::fragment<wmma::matrix_b, m, n, k, T, LB>& b,
                           const wmma::fragment<wmma::accumulator, m, n, k, int>& c, const Job& job) {
  multiplied_integers(d, a, b, c, job);
}
__device__ inline void multiplied(wmma::fragment<wmma::accumulator, 8, 8, 128, int>& d,
                                  const wmma::fragment<wmma::matrix_a, 8, 8, 128, b1, row_major>& a,
                                  const wmma::fragment<wmma::matrix_b, 8, 8, 128, b1, col_major>& b,
                                  const wmma::fragment<wmma::accumulator, 8, 8, 128, int>& c, const Job& job) {
  if (job.conjunction)
    wmma::bmma_sync(d, a, b, c, wmma::experimental::bmmaBitOpAND);
  else
    wmma::bmma_sync(d, a, b, c);
}

template <int m, int n, int k, typename T, class LA, class LB, typename C, typename D, Space where>
__global__ void product(Job job, char* a, char* b, char* c, char* d) {
  extern __shared__ __align__(32) char shared[];
  typedef const typename Memory<T>::type* Pointer;
  wmma::fragment<wmma::matrix_a, m, n, k, T, LA> left;
  wmma::fragment<wmma::matrix_b, m, n, k, T, LB> right;
  wmma::fragment<wmma::accumulator, m, n, k, C> sums;
  wmma::fragment<wmma::accumulator, m, n, k, D> result;
  wmma::load_matrix_sync(left, (Pointer)placed<where>(job, 0, a, shared), job.pitch[0]);
  wmma::load_matrix_sync(right, (Pointer)placed<where>(job, 1, b, shared), job.pitch[1]);
  wmma::load_matrix_sync(sums, (const C*)placed<where>(job, 2, c, shared), job.pitch[2],
                         job.rows_c ? wmma::mem_row_major : wmma::mem_col_major);
  multiplied(result, left, right, sums, job);
  char* to = placed<where>(job, 3, d, shared);
  wmma::store_matrix_sync((D*)to, result, job.pitch[3], job.rows_d ? wmma::mem_row_major : wmma::mem_col_major);
  __syncwarp();
  if (to != d) copy(d, to, job.bytes[3]);
}

// All jobs of one form: their number, then each with its matrices.
template <int m, int n, int k, typename T, class LA, class LB, typename C, typename D, Space where>
void run(Files& files) {
  for (int count = number<int>(files); count > 0; --count) {
    const Job job = number<Job>(files);
    char *a = given<char>(files), *b = given<char>(files), *c = given<char>(files);
    char* d = empty<char>(job.bytes[3]);
    unsigned shared = 0;
    for (unsigned bytes : job.bytes) shared += (bytes + 31) / 32 * 32;
    product<m, n, k, T, LA, LB, C, D, where><<<1, 32, where == GLOBAL ? 0 : shared>>>(job, a, b, c, d);
    put(files, d, job.bytes[3]);
  }
}
