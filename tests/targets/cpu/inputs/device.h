// The little of the CUDA headers that the CPU target's tests use.
#pragma once
#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
#define __host__ __attribute__((host))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
#define __noinline__ __attribute__((noinline))
#define KERNEL extern "C" __global__ void

struct Index {
  __device__ Index(int a, int b, int c) : x(a), y(b), z(c) {}
  unsigned x, y, z;
};
#define threadIdx (Index(__nvvm_read_ptx_sreg_tid_x(), __nvvm_read_ptx_sreg_tid_y(), __nvvm_read_ptx_sreg_tid_z()))
#define blockIdx (Index(__nvvm_read_ptx_sreg_ctaid_x(), __nvvm_read_ptx_sreg_ctaid_y(), __nvvm_read_ptx_sreg_ctaid_z()))
#define blockDim (Index(__nvvm_read_ptx_sreg_ntid_x(), __nvvm_read_ptx_sreg_ntid_y(), __nvvm_read_ptx_sreg_ntid_z()))
#define gridDim (Index(__nvvm_read_ptx_sreg_nctaid_x(), __nvvm_read_ptx_sreg_nctaid_y(), __nvvm_read_ptx_sreg_nctaid_z()))
#define FULL 0xffffffffu

extern "C" {
__device__ int atomic_add(int*, int) __asm__("__cw.atom.add.relaxed.gpu.i32");
__device__ int atomic_exch(int*, int) __asm__("__cw.atom.exch.relaxed.gpu.i32");
__device__ int atomic_cas(int*, int, int) __asm__("__cw.atom.cas.relaxed.gpu.i32");
__device__ int atomic_min(int*, int) __asm__("__cw.atom.min.relaxed.gpu.i32");
__device__ unsigned atomic_max(unsigned*, unsigned) __asm__("__cw.atom.max.relaxed.gpu.u32");
__device__ unsigned atomic_inc(unsigned*, unsigned) __asm__("__cw.atom.inc.relaxed.gpu.u32");
__device__ unsigned atomic_dec(unsigned*, unsigned) __asm__("__cw.atom.dec.relaxed.gpu.u32");
__device__ float atomic_add_f32(float*, float) __asm__("__cw.atom.add.relaxed.gpu.f32");
__device__ void thread_fence() __asm__("__cw.fence.seq_cst.gpu");
__device__ void grid_sync() __asm__("__cw.grid.sync");
__device__ int print(const char*, void*) __asm__("__cw.printf");
__device__ void* device_malloc(unsigned long long) __asm__("__cw.malloc");
__device__ void device_free(void*) __asm__("__cw.free");
__device__ void trap() __asm__("__cw.trap");
__device__ float load_cached(const float*) __asm__("__cw.ld.nc.f32");
}
