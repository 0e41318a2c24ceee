#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
__device__ float logarithm(float) __asm__("__cw.math.log.f32");
__global__ void precision(float* out, float a, float b) {
  out[0] = a / b;
  out[1] = __builtin_sqrtf(a);
  out[2] = a + b;
  out[3] = logarithm(a);
}
