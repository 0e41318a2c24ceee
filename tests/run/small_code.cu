// Code that is to be small: LLVM then calls C's fmaxf and fmin where it otherwise writes a few instructions.
#include <cstdio>

__device__ __attribute__((noinline, minsize)) float largest(float a, float b) { return fmaxf(a, b); }
__device__ __attribute__((noinline, minsize)) double smallest(double a, double b) { return fmin(a, b); }

__global__ void extremes(float* out, const float* in) {
  const float a = in[threadIdx.x], b = in[3 - threadIdx.x];
  out[threadIdx.x] = largest(a, b);
  out[4 + threadIdx.x] = static_cast<float>(smallest(a, b));
}

int main() {
  float *in, *out;
  cudaMallocManaged(&in, 4 * sizeof(float));
  cudaMallocManaged(&out, 8 * sizeof(float));
  in[0] = 1, in[1] = NAN, in[2] = -2, in[3] = INFINITY;
  extremes<<<1, 4>>>(out, in);
  std::printf("%s\n", cudaGetErrorString(cudaDeviceSynchronize()));
  for (int i = 0; i < 8; i++) std::printf("%g ", out[i]);
  std::printf("\n");
}
