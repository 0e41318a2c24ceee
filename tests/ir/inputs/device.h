// The few qualifiers and built-ins these inputs need: they are compiled without CUDA headers.
#pragma once
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __host__ __attribute__((host))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define KERNEL extern "C" __global__ void

using u32 = unsigned;
using u64 = unsigned long long;

extern "C" __device__ int vprintf(const char*, const char*);
extern "C" __device__ int printf(const char*, ...);
extern "C" __device__ void __assertfail(const char*, const char*, u32, const char*, u64);

__device__ inline int tid() { return __nvvm_read_ptx_sreg_tid_x(); }
__device__ inline int bid() { return __nvvm_read_ptx_sreg_ctaid_x(); }
__device__ inline int bdim() { return __nvvm_read_ptx_sreg_ntid_x(); }
__device__ inline void sync() { __nvvm_bar_sync(0); }
