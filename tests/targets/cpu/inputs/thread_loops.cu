// Kernels without barriers, whose threads are iterations of a vectorised loop. Names say what a test asks for.
#include "device.h"

struct float2 {
  float x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};

extern "C" {
__device__ float sinf(float) __asm__("__cw.math.sin.f32");
__device__ float cosf(float) __asm__("__cw.math.cos.f32");
__device__ float tanf(float) __asm__("__cw.math.tan.f32");
__device__ void sincosf(float, float*, float*) __asm__("__cw.math.sincos.f32");
__device__ double tan(double) __asm__("__cw.math.tan.f64");
__device__ float hypotf(float, float) __asm__("__cw.math.hypot.f32");
__device__ float powf(float, float) __asm__("__cw.math.pow.f32");
__device__ float erff(float) __asm__("__cw.math.erf.f32");
__device__ float expf(float) __asm__("__cw.math.exp.f32");
__device__ float logf(float) __asm__("__cw.math.log.f32");
__device__ float rsqrtf(float) __asm__("__cw.math.rsqrt.f32");

// The same memory through two parameters: the load must see the store of its own thread.
__global__ void pairs(float2* p, const float2* q) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  p[i].x = 5 + i;
  float y = q[i].x;
  p[i].y = y + 1;
}

__global__ void quads(float4* p, const float4* q) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float a = q[i].x;
  p[i].x = a + 1;
  float b = q[i].y + q[i].x;
  p[i].y = b;
  p[i].z = q[i].y;
  p[i].w = q[i].z;
}

// No addition to shared memory may be lost, without a barrier too. The counters start at any value.
__global__ void tickets(int* ticket, const int* kind) {
  __shared__ int counter[4];
  ticket[threadIdx.x] = atomic_add(&counter[kind[threadIdx.x]], 1);
}

__global__ void sines(const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = sinf(x[i]);
}

__global__ void angles(const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float sine, cosine;
  sincosf(x[i], &sine, &cosine);
  y[i] = sine * cosine + cosf(y[i]) + tanf(x[i]);
}

__global__ void tangents(const double* x, double* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = tan(x[i]);
}

__global__ void norms(const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = hypotf(x[i], y[i]);
}

__global__ void powers(const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = erff(powf(x[i], y[i])) + expf(logf(x[i])) * rsqrtf(x[i]);
}

__global__ void scatter(const float* __restrict__ x, const int* __restrict__ index, float* __restrict__ y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[index[i]] += x[i];
}

struct Array {
  float* data;
  int count;
  float factor;
};
__global__ void members(Array a) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < a.count) a.data[i] *= a.factor;
}

__global__ void stencil(const float* x, float* y, int width, int height) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, j = blockIdx.y * blockDim.y + threadIdx.y;
  if (i > 0 && j > 0 && i < width - 1 && j < height - 1) {
    y[j * width + i] = x[j * width + i - 1] + x[j * width + i + 1] + x[(j - 1) * width + i] + x[(j + 1) * width + i];
  }
}
}
