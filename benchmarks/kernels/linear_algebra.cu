// Dense and sparse linear algebra, as PolyBench and the CUDA samples have it.
#include <cuda_runtime.h>

// run: <<<4x4, 16x16>>> f32[4096] f32[4096] f32[4096] i32=64
extern "C" __global__ void gemm_naive(const float* a, const float* b, float* c, int n) {
  int row = blockIdx.y * blockDim.y + threadIdx.y, column = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= n || column >= n) return;
  float sum = 0;
  for (int k = 0; k < n; ++k) sum += a[row * n + k] * b[k * n + column];
  c[row * n + column] = sum;
}

// run: <<<4x4, 16x16>>> f32[4096] f32[4096] f32[4096] i32=64
extern "C" __global__ void gemm_tiled(const float* a, const float* b, float* c, int n) {
  __shared__ float left[16][16], right[16][16];
  int x = threadIdx.x, y = threadIdx.y, row = blockIdx.y * 16 + y, column = blockIdx.x * 16 + x;
  float sum = 0;
  for (int tile = 0; tile < n; tile += 16) {
    left[y][x] = a[row * n + tile + x];
    right[y][x] = b[(tile + y) * n + column];
    __syncthreads();
    for (int k = 0; k < 16; ++k) sum += left[y][k] * right[k][x];
    __syncthreads();
  }
  c[row * n + column] = sum;
}

// Each thread computes a 4 x 4 part of the product; tiles of 64 x 8.
// run: <<<1x1, 16x16>>> f32[4096] f32[4096] f32[4096] i32=64
extern "C" __global__ void gemm_registers(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int n) {
  __shared__ float left[8][64], right[8][64];
  int x = threadIdx.x, y = threadIdx.y, thread = y * 16 + x, top = blockIdx.y * 64, first = blockIdx.x * 64;
  float sums[4][4] = {};
  for (int tile = 0; tile < n; tile += 8) {
    for (int i = thread; i < 512; i += 256) {
      left[i % 8][i / 8] = a[(top + i / 8) * n + tile + i % 8];
      right[i / 64][i % 64] = b[(tile + i / 64) * n + first + i % 64];
    }
    __syncthreads();
    for (int k = 0; k < 8; ++k) {
      for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) sums[i][j] += left[k][y * 4 + i] * right[k][x * 4 + j];
      }
    }
    __syncthreads();
  }
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) c[(top + y * 4 + i) * n + first + x * 4 + j] = sums[i][j];
  }
}

// run: <<<2, 64>>> f64[8192] f64[64] f64[128] i32=128 i32=64
extern "C" __global__ void matrix_vector_double(const double* a, const double* x, double* y, int rows, int columns) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  double sum = 0;
  for (int j = 0; j < columns; ++j) sum += a[row * columns + j] * x[j];
  y[row] = sum;
}

// run: <<<2, 32>>> f32[4096] f32[64] f32[64] i32=64
extern "C" __global__ void bicg_columns(const float* a, const float* r, float* s, int n) {
  int j = blockIdx.x * blockDim.x + threadIdx.x;
  if (j >= n) return;
  s[j] = 0.0f;
  for (int i = 0; i < n; ++i) s[j] += a[i * n + j] * r[i];
}

// run: <<<2x4, 32x16>>> f32[4096] f32[4096] i32=64
extern "C" __global__ void syrk(const float* a, float* c, int n) {
  int j = blockIdx.x * blockDim.x + threadIdx.x, i = blockIdx.y * blockDim.y + threadIdx.y;
  if (i >= n || j >= n) return;
  c[i * n + j] *= 0.5f;
  for (int k = 0; k < n; ++k) c[i * n + j] += 1.5f * a[i * n + k] * a[j * n + k];
}

// run: <<<2x2, 32x8>>> f32[4096] f32[4096] i32=64
extern "C" __global__ void transpose(const float* in, float* out, int n) {
  __shared__ float tile[32][33];
  int x = blockIdx.x * 32 + threadIdx.x, y = blockIdx.y * 32 + threadIdx.y;
  for (int i = 0; i < 32; i += 8) tile[threadIdx.y + i][threadIdx.x] = in[(y + i) * n + x];
  __syncthreads();
  x = blockIdx.y * 32 + threadIdx.x;
  y = blockIdx.x * 32 + threadIdx.y;
  for (int i = 0; i < 32; i += 8) out[(y + i) * n + x] = tile[threadIdx.x][threadIdx.y + i];
}

// Compressed rows, one thread a row; every row has 16 entries.
// run: <<<4, 64>>> i32[257]*16 i32[4096]%256 f32[4096] f32[256] f32[256] i32=256
extern "C" __global__ void spmv_scalar(const int* rows, const int* columns, const float* values, const float* x, float* y, int n) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= n) return;
  float sum = 0;
  for (int k = rows[row]; k < rows[row + 1]; ++k) sum += values[k] * x[columns[k]];
  y[row] = sum;
}

// The same with one warp a row.
// run: <<<16, 128>>> i32[65]*64 i32[4096]%256 f32[4096] f32[256] f32[64] i32=64
extern "C" __global__ void spmv_warp(const int* __restrict__ rows, const int* __restrict__ columns,
                                     const float* __restrict__ values, const float* __restrict__ x, float* __restrict__ y, int n) {
  int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
  if (row >= n) return;
  float sum = 0;
  for (int k = rows[row] + lane; k < rows[row + 1]; k += 32) sum += values[k] * x[columns[k]];
  for (int d = 16; d > 0; d /= 2) sum += __shfl_down_sync(0xffffffffu, sum, d);
  if (lane == 0) y[row] = sum;
}

// One step of Gaussian elimination (Rodinia's Fan2).
// run: <<<4x4, 16x16>>> f32[4096] f32[64] f32[4096] i32=64 i32=3
extern "C" __global__ void gaussian_step(float* a, float* b, const float* m, int n, int t) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x >= n - 1 - t || y >= n - t) return;
  a[n * (x + 1 + t) + y + t] -= m[n * (x + 1 + t) + t] * a[n * t + y + t];
  if (y == 0) b[x + 1 + t] -= m[n * (x + 1 + t) + t] * b[t];
}
