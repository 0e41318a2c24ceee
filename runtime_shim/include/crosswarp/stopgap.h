// Temporary core device functions.
#pragma once
#include "operations.h"
#define CWD __device__ static inline __attribute__((always_inline))
#define CW_SREG(field, builtin) __declspec(property(get = cw_get_##field)) unsigned field; CWD unsigned cw_get_##field() { return builtin(); }
struct CW_threadIdx { CW_SREG(x, __nvvm_read_ptx_sreg_tid_x) CW_SREG(y, __nvvm_read_ptx_sreg_tid_y) CW_SREG(z, __nvvm_read_ptx_sreg_tid_z) __device__ operator dim3() const { return dim3(x, y, z); } };
struct CW_blockIdx { CW_SREG(x, __nvvm_read_ptx_sreg_ctaid_x) CW_SREG(y, __nvvm_read_ptx_sreg_ctaid_y) CW_SREG(z, __nvvm_read_ptx_sreg_ctaid_z) __device__ operator dim3() const { return dim3(x, y, z); } };
struct CW_blockDim { CW_SREG(x, __nvvm_read_ptx_sreg_ntid_x) CW_SREG(y, __nvvm_read_ptx_sreg_ntid_y) CW_SREG(z, __nvvm_read_ptx_sreg_ntid_z) __device__ operator dim3() const { return dim3(x, y, z); } };
struct CW_gridDim { CW_SREG(x, __nvvm_read_ptx_sreg_nctaid_x) CW_SREG(y, __nvvm_read_ptx_sreg_nctaid_y) CW_SREG(z, __nvvm_read_ptx_sreg_nctaid_z) __device__ operator dim3() const { return dim3(x, y, z); } };
extern const __device__ __attribute__((weak)) CW_threadIdx threadIdx;
extern const __device__ __attribute__((weak)) CW_blockIdx blockIdx;
extern const __device__ __attribute__((weak)) CW_blockDim blockDim;
extern const __device__ __attribute__((weak)) CW_gridDim gridDim;
#define warpSize 32
#define CW_M1(f) CWD float f/**/##f(float x) { return __cw_math_##f##_f32(x); } CWD double f(double x) { return __cw_math_##f##_f64(x); } CWD float f(float x) { return __cw_math_##f##_f32(x); }
CW_M1(sin) CW_M1(cos) CW_M1(tan) CW_M1(exp) CW_M1(exp2) CW_M1(log) CW_M1(log2) CW_M1(log10) CW_M1(rsqrt) CW_M1(tanh) CW_M1(erf) CW_M1(cbrt)
CWD float powf(float x, float y) { return __cw_math_pow_f32(x, y); }
CWD double pow(double x, double y) { return __cw_math_pow_f64(x, y); }
CWD float sqrtf(float x) { return __builtin_sqrtf(x); } CWD double sqrt(double x) { return __builtin_sqrt(x); } CWD float sqrt(float x) { return __builtin_sqrtf(x); }
CWD float fabsf(float x) { return __builtin_fabsf(x); } CWD double fabs(double x) { return __builtin_fabs(x); } CWD float fabs(float x) { return __builtin_fabsf(x); }
CWD float fmaxf(float a, float b) { return __builtin_fmaxf(a, b); } CWD float fminf(float a, float b) { return __builtin_fminf(a, b); }
CWD double fmax(double a, double b) { return __builtin_fmax(a, b); } CWD double fmin(double a, double b) { return __builtin_fmin(a, b); }
CWD float fmaf(float a, float b, float c) { return __builtin_fmaf(a, b, c); } CWD double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
CWD float floorf(float x) { return __builtin_floorf(x); } CWD float ceilf(float x) { return __builtin_ceilf(x); }
CWD float __expf(float x) { return __cw_math_exp_fast_f32(x); }
CWD float __fdividef(float x, float y) { return __cw_math_div_fast_f32(x, y); }
CWD int max(int a, int b) { return a > b ? a : b; } CWD int min(int a, int b) { return a < b ? a : b; }
CWD unsigned max(unsigned a, unsigned b) { return a > b ? a : b; } CWD unsigned min(unsigned a, unsigned b) { return a < b ? a : b; }
CWD float max(float a, float b) { return __builtin_fmaxf(a, b); } CWD float min(float a, float b) { return __builtin_fminf(a, b); }
CWD int atomicAdd(int *p, int v) { return __cw_atom_add_gpu_i32(p, v); } CWD unsigned atomicAdd(unsigned *p, unsigned v) { return __cw_atom_add_gpu_i32((int *)p, v); }
CWD unsigned long long atomicAdd(unsigned long long *p, unsigned long long v) { return __cw_atom_add_gpu_i64((long long *)p, v); }
CWD float atomicAdd(float *p, float v) { return __cw_atom_add_gpu_f32(p, v); } CWD double atomicAdd(double *p, double v) { return __cw_atom_add_gpu_f64(p, v); }
CWD int atomicMax(int *p, int v) { return __cw_atom_max_gpu_i32(p, v); } CWD int atomicMin(int *p, int v) { return __cw_atom_min_gpu_i32(p, v); }
CWD int atomicCAS(int *p, int c, int v) { return __cw_atom_cas_gpu_i32(p, c, v); } CWD int atomicExch(int *p, int v) { return __cw_atom_exch_gpu_i32(p, v); }
#define CW_SHFL(name, b, cl) CWD int name(unsigned m, int v, int d, int w = 32) { return __nvvm_shfl_sync_##b##_i32(m, v, d, ((32 - w) << 8) | cl); } CWD unsigned name(unsigned m, unsigned v, int d, int w = 32) { return __nvvm_shfl_sync_##b##_i32(m, v, d, ((32 - w) << 8) | cl); } CWD float name(unsigned m, float v, int d, int w = 32) { return __nvvm_shfl_sync_##b##_f32(m, v, d, ((32 - w) << 8) | cl); }
CW_SHFL(__shfl_sync, idx, 31) CW_SHFL(__shfl_up_sync, up, 0) CW_SHFL(__shfl_down_sync, down, 31) CW_SHFL(__shfl_xor_sync, bfly, 31)
CWD unsigned __ballot_sync(unsigned m, int p) { return __nvvm_vote_ballot_sync(m, p); } CWD int __any_sync(unsigned m, int p) { return __nvvm_vote_any_sync(m, p); } CWD int __all_sync(unsigned m, int p) { return __nvvm_vote_all_sync(m, p); }
CWD unsigned __activemask() { return __nvvm_activemask(); } CWD void __syncwarp(unsigned m = 0xffffffffu) { __nvvm_bar_warp_sync(m); }
CWD int __popc(unsigned x) { return __builtin_popcount(x); } CWD int __ffs(int x) { return __builtin_ffs(x); } CWD int __clz(int x) { return x ? __builtin_clz(x) : 32; }
CWD void __threadfence() { __cw_fence_gpu(); } CWD void __threadfence_block() { __cw_fence_cta(); }
CWD long long clock64() { return __nvvm_read_ptx_sreg_clock64(); }
extern "C" __device__ int printf(const char *, ...);
extern "C" __device__ void __assert_fail(const char *e, const char *f, unsigned l, const char *fn) __attribute__((noreturn)) __asm__("__cw.assert");
