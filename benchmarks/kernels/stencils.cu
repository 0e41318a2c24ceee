// Grids: stencils, convolutions, dynamic programming, as PolyBench, Rodinia and the CUDA samples have them.
#include <cuda_runtime.h>

// run: <<<4x8, 16x8>>> f32[4096] f32[4096] i32=64
extern "C" __global__ void jacobi_2d(const float* a, float* b, int n) {
  int i = blockIdx.y * blockDim.y + threadIdx.y, j = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < 1 || j < 1 || i >= n - 1 || j >= n - 1) return;
  b[i * n + j] = 0.2f * (a[i * n + j] + a[i * n + j - 1] + a[i * n + j + 1] + a[(i + 1) * n + j] + a[(i - 1) * n + j]);
}

// run: <<<2x4, 32x8>>> f32[4096] f32[4096] i32=64 i32=64
extern "C" __global__ void convolution_2d(const float* a, float* b, int rows, int columns) {
  int j = blockIdx.x * blockDim.x + threadIdx.x, i = blockIdx.y * blockDim.y + threadIdx.y;
  const float c11 = 0.2f, c21 = 0.5f, c31 = -0.8f, c12 = -0.3f, c22 = 0.6f, c32 = -0.9f, c13 = 0.4f, c23 = 0.7f, c33 = 0.1f;
  if (i > 0 && j > 0 && i < rows - 1 && j < columns - 1) {
    b[i * columns + j] = c11 * a[(i - 1) * columns + j - 1] + c21 * a[(i - 1) * columns + j] + c31 * a[(i - 1) * columns + j + 1] +
                         c12 * a[i * columns + j - 1] + c22 * a[i * columns + j] + c32 * a[i * columns + j + 1] +
                         c13 * a[(i + 1) * columns + j - 1] + c23 * a[(i + 1) * columns + j] + c33 * a[(i + 1) * columns + j + 1];
  }
}

// run: <<<1x4, 16x4>>> f32[4096] f32[4096] i32=16
extern "C" __global__ void stencil_3d(const float* in, float* out, int n) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x < 1 || y < 1 || x >= n - 1 || y >= n - 1) return;
  int plane = n * n, at = plane + y * n + x;
  float below = in[at - plane], here = in[at];
  for (int z = 1; z < n - 1; ++z, at += plane) {
    float above = in[at + plane];
    out[at] = 0.4f * here + 0.1f * (below + above + in[at - 1] + in[at + 1] + in[at - n] + in[at + n]);
    below = here;
    here = above;
  }
}

// run: <<<8x4, 8x16>>> f32[4096] f32[4096] f32[4096] i32=64
extern "C" __global__ void fdtd_step(float* ex, float* ey, const float* hz, int n) {
  int j = blockIdx.x * blockDim.x + threadIdx.x, i = blockIdx.y * blockDim.y + threadIdx.y;
  if (i >= n || j >= n) return;
  if (i > 0) ey[i * n + j] -= 0.5f * (hz[i * n + j] - hz[(i - 1) * n + j]);
  if (j > 0) ex[i * n + j] -= 0.5f * (hz[i * n + j] - hz[i * n + j - 1]);
}

// A row filter of radius 8 whose taps lie in constant memory, tile and halo in shared memory.
__constant__ float taps[17] = {.01f, .02f, .03f, .04f, .06f, .08f, .09f, .11f, .12f,
                               .11f, .09f, .08f, .06f, .04f, .03f, .02f, .01f};
// run: <<<4x16, 64x4>>> f32[16384] f32[16384] i32=256
extern "C" __global__ void convolution_rows(const float* in, float* out, int width) {
  __shared__ float tile[4][80];
  int x = blockIdx.x * 64 + threadIdx.x, y = blockIdx.y * 4 + threadIdx.y;
  for (int i = threadIdx.x; i < 80; i += 64) {
    int column = blockIdx.x * 64 + i - 8;
    tile[threadIdx.y][i] = column >= 0 && column < width ? in[y * width + column] : 0.0f;
  }
  __syncthreads();
  float sum = 0;
#pragma unroll
  for (int k = 0; k < 17; ++k) sum += taps[k] * tile[threadIdx.y][threadIdx.x + k];
  out[y * width + x] = sum;
}

// Rodinia's hotspot: one step, borders clamped.
// run: <<<4x4, 16x16>>> f32[4096] f32[4096] f32[4096] i32=64
extern "C" __global__ void hotspot(const float* power, const float* in, float* out, int n) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x >= n || y >= n) return;
  int west = x > 0 ? x - 1 : 0, east = x < n - 1 ? x + 1 : n - 1, north = y > 0 ? y - 1 : 0, south = y < n - 1 ? y + 1 : n - 1;
  float here = in[y * n + x];
  out[y * n + x] = here + 0.05f * (power[y * n + x] + (in[south * n + x] + in[north * n + x] - 2.0f * here) * 0.1f +
                                   (in[y * n + east] + in[y * n + west] - 2.0f * here) * 0.1f + (80.0f - here) * 0.01f);
}

// Rodinia's pathfinder: several rows in one launch.
// run: <<<8, 256>>> i32[16384]%10 i32[2048]%10 i32[2048]%1 i32=2048 i32=8
extern "C" __global__ void pathfinder(const int* wall, const int* start, int* result, int columns, int rows) {
  __shared__ int previous[256];
  int t = threadIdx.x, x = blockIdx.x * 256 + t;
  int best = start[x];
  for (int row = 0; row < rows; ++row) {
    previous[t] = best;
    __syncthreads();
    int left = previous[t > 0 ? t - 1 : 0], right = previous[t < 255 ? t + 1 : 255];
    best = min(min(left, right), best) + wall[row * columns + x];
    __syncthreads();
  }
  result[x] = best;
}

// Edit distance of two strings by anti-diagonals in shared memory (Rodinia's nw).
// run: <<<4, 64>>> i32[256]%4 i32[256]%4 i32[4]%1
extern "C" __global__ void edit_distance(const int* first, const int* second, int* result) {
  __shared__ int cell[65][66];
  int t = threadIdx.x, a = first[blockIdx.x * 64 + t];
  cell[t + 1][0] = t + 1;
  cell[0][t] = t;
  if (t == 0) cell[0][64] = 64;
  __syncthreads();
  for (int diagonal = 0; diagonal < 127; ++diagonal) {
    int j = diagonal - t;
    if (j >= 0 && j < 64) {
      int change = cell[t][j] + (a != second[blockIdx.x * 64 + j]);
      cell[t + 1][j + 1] = min(change, min(cell[t][j + 1], cell[t + 1][j]) + 1);
    }
    __syncthreads();
  }
  if (t == 0) result[blockIdx.x] = cell[64][64];
}
