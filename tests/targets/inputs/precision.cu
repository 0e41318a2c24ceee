#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
__device__ float logarithm(float) __asm__("__cw.math.log.f32");
__device__ float divided(float, float) __asm__("__cw.math.div.rn.f32");
__device__ float root(float) __asm__("__cw.math.sqrt.rn.f32");
__device__ float hyperbolic(float) __asm__("__cw.math.tanh.f32");
__device__ float length(float, float) __asm__("__cw.math.hypot.f32");

// What no option relaxes: operations with a stated rounding, and the library's inside.
__global__ void exact(float* out, float a, float b) {
  out[0] = divided(a, b);
  out[1] = root(a);
  out[2] = hyperbolic(a) + length(a, b);
}

__global__ void precision(float* out, float a, float b) {
  out[0] = a / b;
  out[1] = __builtin_sqrtf(a);
  out[2] = a + b;
  out[3] = logarithm(a);
}
