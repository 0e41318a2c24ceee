// One thread an element: addressing, bounds checks, mathematics. `// run:` lines say how benchmarks/amd_code.py launches a kernel.
#include <cuda_runtime.h>

// run: <<<64, 256>>> f32[16384] f32[16384] f32[16384] i32=16000
extern "C" __global__ void vector_add(const float* a, const float* b, float* c, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) c[i] = a[i] + b[i];
}

// run: <<<16, 256>>> f32[16384] f32[16384] f32=1.5 i32=16000
extern "C" __global__ void saxpy_strided(const float* x, float* y, float a, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) y[i] = a * x[i] + y[i];
}

// run: <<<32, 128>>> f32[4096] f32[4096] f32[4096] i32=4096
extern "C" __global__ void black_scholes(const float* price, const float* strike, float* call, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  const float rate = 0.02f, volatility = 0.3f, years = 1.5f;
  float s = 5.0f + 20.0f * price[i], x = 1.0f + 50.0f * strike[i], root = sqrtf(years);
  float d1 = (logf(s / x) + (rate + 0.5f * volatility * volatility) * years) / (volatility * root);
  float d2 = d1 - volatility * root;
  float n1 = 0.5f * erfcf(-d1 * 0.70710678f), n2 = 0.5f * erfcf(-d2 * 0.70710678f);
  call[i] = s * n1 - x * expf(-rate * years) * n2;
}

// run: <<<32, 128>>> f32[4096] f32[4096] i32=4096
extern "C" __global__ void sine_cosine(const float* in, float* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = sinf(in[i] * 6.0f) * cosf(in[i] * 3.0f);
}

// run: <<<32, 128>>> f32[4096] f32[4096] i32=4096
extern "C" __global__ void gelu(const float* in, float* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float x = in[i];
  out[i] = 0.5f * x * (1.0f + tanhf(0.7978845608f * (x + 0.044715f * x * x * x)));
}

// run: <<<32, 128>>> f64[4096] f64[4096] i32=4096
extern "C" __global__ void exp_log_double(const double* in, double* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = exp(in[i]) * log(in[i] + 1.0) + sqrt(in[i]);
}

// run: <<<32, 128>>> f32[16384] f32[16384] i32=4096
extern "C" __global__ void rgba_to_grey(const float4* in, float4* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float4 p = in[i];
  float grey = 0.299f * p.x + 0.587f * p.y + 0.114f * p.z;
  out[i] = make_float4(grey, grey, grey, p.w);
}

// run: <<<32, 128>>> f32[4096] i32=64 i32=64 i32=64
extern "C" __global__ void mandelbrot(float* out, int width, int height, int limit) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= width * height) return;
  float cx = -2.0f + 3.0f * (i % width) / width, cy = -1.5f + 3.0f * (i / width) / height;
  float x = 0, y = 0;
  int steps = 0;
  while (steps < limit && x * x + y * y < 4.0f) {
    float next = x * x - y * y + cx;
    y = 2.0f * x * y + cy;
    x = next;
    ++steps;
  }
  out[i] = steps;
}

// run: <<<32, 128>>> i32[4096] i32[4096] i32=4096
extern "C" __global__ void hash_words(const unsigned* in, unsigned* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  unsigned h = in[i];
  for (int round = 0; round < 8; ++round) {
    h ^= h >> 16;
    h *= 0x85ebca6bu;
    h ^= h >> 13;
    h = (h << 7 | h >> 25) + i;
  }
  out[i] = h;
}

// run: <<<32, 128>>> i32[4096] i32[4096] i32=4096 i32=37
extern "C" __global__ void divide_integers(const int* in, int* out, int n, int d) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = in[i] / d + in[i] % (i + 1);
}
