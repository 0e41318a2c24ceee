// The kernels of benchmarks/cpu_models.py: one name and the best time in milliseconds of each, on standard output.
#include <cuda_runtime.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

constexpr int kRuns = 9;

__global__ void saxpy(float a, const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = a * x[i] + y[i];
}

__global__ void matmul(const float* a, const float* b, float* c, int n) {
  __shared__ float tile_a[16][16], tile_b[16][16];
  int x = blockIdx.x * 16 + threadIdx.x, y = blockIdx.y * 16 + threadIdx.y;
  float sum = 0;
  for (int t = 0; t < n; t += 16) {
    tile_a[threadIdx.y][threadIdx.x] = a[y * n + t + threadIdx.x];
    tile_b[threadIdx.y][threadIdx.x] = b[(t + threadIdx.y) * n + x];
    __syncthreads();
    for (int k = 0; k < 16; ++k) sum += tile_a[threadIdx.y][k] * tile_b[k][threadIdx.x];
    __syncthreads();
  }
  c[y * n + x] = sum;
}

__global__ void block_reduce(const float* in, float* out, int n) {
  __shared__ float partial[256];
  int t = threadIdx.x, i = blockIdx.x * 256 + t;
  partial[t] = i < n ? in[i] : 0;
  __syncthreads();
  for (int k = 128; k > 0; k /= 2) {
    if (t < k) partial[t] += partial[t + k];
    __syncthreads();
  }
  if (t == 0) out[blockIdx.x] = partial[0];
}

__global__ void warp_reduce(const float* in, float* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float v = i < n ? in[i] : 0;
  for (int k = 16; k > 0; k /= 2) v += __shfl_down_sync(0xffffffffu, v, k);
  if (threadIdx.x % 32 == 0) out[i / 32] = v;
}

__global__ void histogram(const unsigned char* in, int* out, int n) {
  __shared__ int bins[256];
  bins[threadIdx.x] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) atomicAdd(&bins[in[i]], 1);
  __syncthreads();
  atomicAdd(&out[threadIdx.x], bins[threadIdx.x]);
}

__global__ void stencil(const float* in, float* out, int n) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x > 0 && y > 0 && x < n - 1 && y < n - 1) {
    int i = y * n + x;
    out[i] = 0.2f * (in[i] + in[i - 1] + in[i + 1] + in[i - n] + in[i + n]);
  }
}

__global__ void nothing() {}

template <class Launch>
void measure(const char* name, Launch launch) {
  double best = 1e30;
  for (int run = 0; run < kRuns; ++run) {
    auto start = std::chrono::steady_clock::now();
    launch();
    if (cudaDeviceSynchronize() != cudaSuccess) {
      std::printf("%s failed: %s\n", name, cudaGetErrorString(cudaGetLastError()));
      std::exit(1);
    }
    best = std::fmin(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::printf("%s %.4f\n", name, best);
}

int main() {
  const int n = 1 << 24, side = 1024;
  float *x, *y;
  cudaMalloc(reinterpret_cast<void**>(&x), n * sizeof(float));
  cudaMalloc(reinterpret_cast<void**>(&y), n * sizeof(float));
  std::vector<float> host(n, 1.0f);
  cudaMemcpy(x, host.data(), n * sizeof(float), cudaMemcpyHostToDevice);
  cudaMemcpy(y, host.data(), n * sizeof(float), cudaMemcpyHostToDevice);
  measure("saxpy", [&] { saxpy<<<n / 256, 256>>>(2.0f, x, y, n); });
  measure("matmul", [&] { matmul<<<dim3(side / 16, side / 16), dim3(16, 16)>>>(x, x + side * side, y, side); });
  measure("block_reduce", [&] { block_reduce<<<n / 256, 256>>>(x, y, n); });
  measure("warp_reduce", [&] { warp_reduce<<<n / 256, 256>>>(x, y, n); });
  measure("histogram", [&] { histogram<<<64, 256>>>(reinterpret_cast<unsigned char*>(x), reinterpret_cast<int*>(y), n); });
  measure("stencil", [&] { stencil<<<dim3(4096 / 32, 4096 / 8), dim3(32, 8)>>>(x, y, 4096); });
  measure("nothing", [&] { nothing<<<1, 1>>>(); });
  return 0;
}
