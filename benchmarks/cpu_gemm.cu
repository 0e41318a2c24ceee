// The products of benchmarks/cpu_gemm.py: C = A B by nvcuda::wmma or by ldmatrix and mma.sync. A block has 8 warps for 128 by 64
// elements, and tiles in shared memory. Prints times of some launches in seconds, the best on the clock and the middle one of the
// processors, and whether some elements are right.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <mma.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

namespace wmma = nvcuda::wmma;

constexpr int kRows = 128, kColumns = 64;

// Elements in memory and in fragments, sums, and the k of a product of 16 by 16.
template <class M, class F, class S, int K>
struct Kind {
  typedef M Memory;
  typedef F Fragment;
  typedef S Sum;
  static constexpr int depth = K;
};
typedef Kind<half, half, float, 16> F16;
typedef Kind<__nv_bfloat16, __nv_bfloat16, float, 16> Bf16;
typedef Kind<float, wmma::precision::tf32, float, 8> Tf32;
typedef Kind<signed char, signed char, int, 16> S8;

template <class K>
__global__ void __launch_bounds__(256)
    by_wmma(const typename K::Memory* a, const typename K::Memory* b, typename K::Sum* c, int n) {
  typedef typename K::Memory T;
  constexpr int piece = 16 / sizeof(T), deep = 32, skew = piece, lines = deep / piece, step_size = K::depth;
  __shared__ __align__(32) T rows[kRows][deep + skew], columns[deep][kColumns + skew];
  const int thread = threadIdx.x, warp = thread / 32, top = warp / 2 * 32, left = warp % 2 * 32;
  const T* first_row = a + (size_t)blockIdx.y * kRows * n;
  const T* first_column = b + blockIdx.x * kColumns;
  wmma::fragment<wmma::accumulator, 16, 16, step_size, typename K::Sum> sums[2][2];
  for (int i = 0; i < 4; ++i) wmma::fill_fragment(sums[i / 2][i % 2], 0);
  for (int k = 0; k < n; k += deep) {
    for (int i = thread; i < kRows * lines; i += 256) {
      const int row = i / lines, column = i % lines * piece;
      *(int4*)&rows[row][column] = *(const int4*)(first_row + (size_t)row * n + k + column);
    }
    for (int i = thread; i < deep * kColumns / piece; i += 256) {
      const int row = i / (kColumns / piece), column = i % (kColumns / piece) * piece;
      *(int4*)&columns[row][column] = *(const int4*)(first_column + (size_t)(k + row) * n + column);
    }
    __syncthreads();
    for (int step = 0; step < deep; step += step_size) {
      wmma::fragment<wmma::matrix_a, 16, 16, step_size, typename K::Fragment, wmma::row_major> x[2];
      wmma::fragment<wmma::matrix_b, 16, 16, step_size, typename K::Fragment, wmma::row_major> y[2];
      for (int i = 0; i < 2; ++i) {
        wmma::load_matrix_sync(x[i], &rows[top + i * 16][step], deep + skew);
        wmma::load_matrix_sync(y[i], &columns[step][left + i * 16], kColumns + skew);
      }
      for (int i = 0; i < 4; ++i) wmma::mma_sync(sums[i / 2][i % 2], x[i / 2], y[i % 2], sums[i / 2][i % 2]);
    }
    __syncthreads();
  }
  auto* result = c + (size_t)(blockIdx.y * kRows + top) * n + blockIdx.x * kColumns + left;
  for (int i = 0; i < 4; ++i)
    wmma::store_matrix_sync(result + (size_t)(i / 2) * 16 * n + i % 2 * 16, sums[i / 2][i % 2], n, wmma::mem_row_major);
}

__device__ void copy(void* to, const void* from) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"((unsigned)__cvta_generic_to_shared(to)), "l"(from));
}
template <bool turns>
__device__ void load(unsigned (&x)[4], const void* from) {
  const unsigned at = (unsigned)__cvta_generic_to_shared(from);
  if (turns)
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(x[0]), "=r"(x[1]), "=r"(x[2]), "=r"(x[3])
                 : "r"(at));
  else
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(x[0]), "=r"(x[1]), "=r"(x[2]), "=r"(x[3])
                 : "r"(at));
}
__device__ void multiply(float (&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
               : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// Three stages of asynchronous copies; a warp has 32 by 32 elements.
__global__ void __launch_bounds__(256) by_mma(const half* a, const half* b, float* c, int n) {
  constexpr int deep = 32, stages = 3;
  __shared__ __align__(16) half rows[stages][kRows][deep + 8], columns[stages][deep][kColumns + 8];
  const int thread = threadIdx.x, warp = thread / 32, lane = thread % 32, top = warp / 2 * 32, left = warp % 2 * 32;
  const half* first_row = a + (size_t)blockIdx.y * kRows * n;
  const half* first_column = b + blockIdx.x * kColumns;
  auto fetch = [&](int k) {
    if (k < n) {
      for (int i = 0; i < 2; ++i) {
        const int row = (thread + i * 256) / 4, column = thread % 4 * 8;
        copy(&rows[k / deep % stages][row][column], first_row + (size_t)row * n + k + column);
      }
      copy(&columns[k / deep % stages][thread / 8][thread % 8 * 8], first_column + (size_t)(k + thread / 8) * n + thread % 8 * 8);
    }
    asm volatile("cp.async.commit_group;");
  };
  float sums[2][4][4] = {};
  for (int i = 0; i < stages - 1; ++i) fetch(i * deep);
  for (int k = 0; k < n; k += deep) {
    asm volatile("cp.async.wait_group 1;");
    __syncthreads();
    fetch(k + (stages - 1) * deep);
    const int stage = k / deep % stages;
#pragma unroll
    for (int step = 0; step < deep; step += 16) {
      unsigned x[2][4], y[2][4];
#pragma unroll
      for (int i = 0; i < 2; ++i) {
        load<false>(x[i], &rows[stage][top + i * 16 + lane % 16][step + lane / 16 * 8]);
        load<true>(y[i], &columns[stage][step + lane % 16][left + i * 16 + lane / 16 * 8]);
      }
#pragma unroll
      for (int i = 0; i < 8; ++i) multiply(sums[i / 4][i % 4], x[i / 4], y[i % 4 / 2][i % 2 * 2], y[i % 4 / 2][i % 2 * 2 + 1]);
    }
  }
  for (int i = 0; i < 16; ++i) {
    const int row = top + i / 8 * 16 + i % 2 * 8 + lane / 4, column = left + i / 2 % 4 * 8 + lane % 4 * 2;
    float* result = c + (size_t)(blockIdx.y * kRows + row) * n + blockIdx.x * kColumns + column;
    *(float2*)result = make_float2(sums[i / 8][i / 2 % 4][i % 2 * 2], sums[i / 8][i / 2 % 4][i % 2 * 2 + 1]);
  }
}

static double number(half x) { return __half2float(x); }
static double number(__nv_bfloat16 x) { return __bfloat162float(x); }
static double number(float x) { return x; }
static double number(signed char x) { return x; }

template <class T, class S>
static bool is_right(const std::vector<T>& a, const std::vector<T>& b, const S* c, int n) {
  for (int i = 0; i < n; i += 37) {
    const int row = i, column = (i * 13) % n;
    double sum = 0;
    for (int k = 0; k < n; ++k) sum += number(a[(size_t)row * n + k]) * number(b[(size_t)k * n + column]);
    if (!(std::fabs(sum - c[(size_t)row * n + column]) <= 1e-5 * n)) return false;
  }
  return true;
}

// Numbers that every kind holds: 15 eighths and less, of integers 7 and less.
template <class T, class S>
static int measure(void (*kernel)(const T*, const T*, S*, int), int n, int runs) {
  const float scale = sizeof(T) == 1 ? 1 : 0.125f;
  std::vector<T> a((size_t)n * n), b(a.size());
  for (size_t i = 0; i < a.size(); ++i)
    a[i] = T(scale * float(int(i * 7919 % 1021 % 15) - 7)), b[i] = T(scale * float(int(i * 104729 % 1021 % 15) - 7));
  T *x, *y;
  S* c;
  cudaMallocManaged(&x, a.size() * sizeof(T));
  cudaMallocManaged(&y, a.size() * sizeof(T));
  cudaMallocManaged(&c, a.size() * sizeof(S));
  cudaMemcpy(x, a.data(), a.size() * sizeof(T), cudaMemcpyDefault);
  cudaMemcpy(y, b.data(), b.size() * sizeof(T), cudaMemcpyDefault);
  double best = 1e30;
  std::vector<double> used;
  for (int i = 0; i <= runs; ++i) {  // the first is not counted
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t begin = std::clock();
    kernel<<<dim3(n / kColumns, n / kRows), 256>>>(x, y, c, n);
    if (cudaDeviceSynchronize() != cudaSuccess) return 1;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (i == 0) continue;
    best = std::min(best, taken.count());
    used.push_back(double(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  std::nth_element(used.begin(), used.begin() + runs / 2, used.end());
  printf("%.9f %.9f %s\n", best, used[runs / 2], is_right(a, b, c, n) ? "right" : "wrong");
  return 0;
}

int main(int argc, char** argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 512, runs = argc > 2 ? atoi(argv[2]) : 3;
  const char* kernel = argc > 3 ? argv[3] : "f16";
  if (!strcmp(kernel, "mma")) return measure(by_mma, n, runs);
  if (!strcmp(kernel, "bf16")) return measure(by_wmma<Bf16>, n, runs);
  if (!strcmp(kernel, "tf32")) return measure(by_wmma<Tf32>, n, runs);
  if (!strcmp(kernel, "s8")) return measure(by_wmma<S8>, n, runs);
  return measure(by_wmma<F16>, n, runs);
}
