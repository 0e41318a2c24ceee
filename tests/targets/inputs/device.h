// The least of CUDA that the inputs of these tests need; not the product's headers.
#pragma once
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
#define threadIdx_x __nvvm_read_ptx_sreg_tid_x()
#define blockIdx_x __nvvm_read_ptx_sreg_ctaid_x()
#define blockDim_x __nvvm_read_ptx_sreg_ntid_x()
extern "C" {
__device__ float cw_atomic_add(float*, float) __asm__("__cw.atom.add.relaxed.gpu.f32");
__device__ double cw_sin(double) __asm__("__cw.math.sin.f64");
__device__ int vprintf(const char*, const char*);
__device__ void __assertfail(const char*, const char*, unsigned, const char*, unsigned long) __attribute__((noreturn));
__device__ void* malloc(unsigned long);
__device__ void free(void*);
}
