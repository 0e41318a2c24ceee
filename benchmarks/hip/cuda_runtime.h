// CUDA's names for clang's HIP mode: just enough that the kernels of benchmarks/kernels/ compile as HIP, written the way HIP's own
// headers map the same names (builtins for positions, __ocml_* of ROCm's device libraries, __hip_atomic_* at agent scope).
#pragma once

#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __host__ __attribute__((host))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(threads) __attribute__((amdgpu_flat_work_group_size(1, threads)))

#define HIP_FUNCTION static inline __attribute__((device, always_inline))

using size_t = decltype(sizeof(0));

struct __attribute__((aligned(16))) float4 {
  float x, y, z, w;
};
struct __attribute__((aligned(8))) float2 {
  float x, y;
};
struct __attribute__((aligned(16))) int4 {
  int x, y, z, w;
};
struct __attribute__((aligned(16))) double4 {
  double x, y, z, w;
};
HIP_FUNCTION float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
HIP_FUNCTION float2 make_float2(float x, float y) { return {x, y}; }
HIP_FUNCTION double4 make_double4(double x, double y, double z, double w) { return {x, y, z, w}; }

// Blocks and threads. The number of blocks is the first hidden argument of code object version 5.
#define HIP_COORDINATE(structure, axis, value)                                         \
  struct structure##_##axis {                                                          \
    __attribute__((device, always_inline)) operator unsigned() const { return value; } \
  }
#define HIP_COORDINATES(structure, name, vx, vy, vz) \
  HIP_COORDINATE(structure, x, vx);                  \
  HIP_COORDINATE(structure, y, vy);                  \
  HIP_COORDINATE(structure, z, vz);                  \
  struct structure {                                 \
    [[no_unique_address]] structure##_x x;           \
    [[no_unique_address]] structure##_y y;           \
    [[no_unique_address]] structure##_z z;           \
  };                                                 \
  extern const __attribute__((device, weak)) structure name
#define HIP_BLOCKS(axis) (((const __attribute__((address_space(4))) unsigned*)__builtin_amdgcn_implicitarg_ptr())[axis])
HIP_COORDINATES(HipThread, threadIdx, __builtin_amdgcn_workitem_id_x(), __builtin_amdgcn_workitem_id_y(),
                __builtin_amdgcn_workitem_id_z());
HIP_COORDINATES(HipBlock, blockIdx, __builtin_amdgcn_workgroup_id_x(), __builtin_amdgcn_workgroup_id_y(),
                __builtin_amdgcn_workgroup_id_z());
HIP_COORDINATES(HipBlockDim, blockDim, __builtin_amdgcn_workgroup_size_x(), __builtin_amdgcn_workgroup_size_y(),
                __builtin_amdgcn_workgroup_size_z());
HIP_COORDINATES(HipGridDim, gridDim, HIP_BLOCKS(0), HIP_BLOCKS(1), HIP_BLOCKS(2));

HIP_FUNCTION void __syncthreads() {
  __builtin_amdgcn_fence(__ATOMIC_RELEASE, "workgroup");
  __builtin_amdgcn_s_barrier();
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "workgroup");
}

// Shuffles within segments of 32 lanes: CUDA's warps, on any wave.
HIP_FUNCTION int hip_lane() { return __builtin_amdgcn_mbcnt_hi(~0u, __builtin_amdgcn_mbcnt_lo(~0u, 0u)); }
HIP_FUNCTION int hip_read(int value, int lane) { return __builtin_amdgcn_ds_bpermute(lane << 2, value); }
HIP_FUNCTION float hip_read(float value, int lane) {
  return __builtin_bit_cast(float, hip_read(__builtin_bit_cast(int, value), lane));
}
template <class T>
HIP_FUNCTION T __shfl_sync(unsigned, T value, int source) {
  return hip_read(value, (source & 31) + (hip_lane() & ~31));
}
template <class T>
HIP_FUNCTION T __shfl_xor_sync(unsigned, T value, int mask) {
  int self = hip_lane(), index = self ^ mask;
  return hip_read(value, index >= ((self + 32) & ~31) ? self : index);
}
template <class T>
HIP_FUNCTION T __shfl_down_sync(unsigned, T value, unsigned delta) {
  int self = hip_lane(), index = self + delta;
  return hip_read(value, (int)((self & 31) + delta) >= 32 ? self : index);
}
template <class T>
HIP_FUNCTION T __shfl_up_sync(unsigned, T value, unsigned delta) {
  int self = hip_lane(), index = self - delta;
  return hip_read(value, index < (self & ~31) ? self : index);
}
HIP_FUNCTION unsigned __ballot_sync(unsigned mask, bool predicate) {
#ifdef __GFX9__
  return (unsigned)(__builtin_amdgcn_ballot_w64(predicate) >> (hip_lane() & 32)) & mask;
#else
  return __builtin_amdgcn_ballot_w32(predicate) & mask;
#endif
}
HIP_FUNCTION int __popc(unsigned x) { return __builtin_popcount(x); }

template <class T>
HIP_FUNCTION T atomicAdd(T* p, T value) {
  return __hip_atomic_fetch_add(p, value, __ATOMIC_RELAXED, __HIP_MEMORY_SCOPE_AGENT);
}
#define HIP_ATOMIC(name, operation)                                         \
  template <class T>                                                        \
  HIP_FUNCTION T name(T* p, T value) {                                      \
    return operation(p, value, __ATOMIC_RELAXED, __HIP_MEMORY_SCOPE_AGENT); \
  }
HIP_ATOMIC(atomicMin, __hip_atomic_fetch_min)
HIP_ATOMIC(atomicMax, __hip_atomic_fetch_max)
HIP_ATOMIC(atomicAnd, __hip_atomic_fetch_and)
HIP_ATOMIC(atomicOr, __hip_atomic_fetch_or)
HIP_ATOMIC(atomicExch, __hip_atomic_exchange)
HIP_FUNCTION int atomicCAS(int* p, int expected, int value) {
  __hip_atomic_compare_exchange_strong(p, &expected, value, __ATOMIC_RELAXED, __ATOMIC_RELAXED, __HIP_MEMORY_SCOPE_AGENT);
  return expected;
}

#define HIP_MATH(name, type, function, parameters, arguments)         \
  extern "C" __attribute__((device, const)) type function parameters; \
  HIP_FUNCTION type name parameters { return function arguments; }
HIP_MATH(sinf, float, __ocml_sin_f32, (float x), (x))
HIP_MATH(cosf, float, __ocml_cos_f32, (float x), (x))
HIP_MATH(expf, float, __ocml_exp_f32, (float x), (x))
HIP_MATH(logf, float, __ocml_log_f32, (float x), (x))
HIP_MATH(tanhf, float, __ocml_tanh_f32, (float x), (x))
HIP_MATH(erfcf, float, __ocml_erfc_f32, (float x), (x))
HIP_MATH(rsqrtf, float, __ocml_rsqrt_f32, (float x), (x))
HIP_MATH(exp, double, __ocml_exp_f64, (double x), (x))
HIP_MATH(log, double, __ocml_log_f64, (double x), (x))
HIP_FUNCTION float sqrtf(float x) { return __builtin_sqrtf(x); }
HIP_FUNCTION double sqrt(double x) { return __builtin_sqrt(x); }
HIP_FUNCTION float fabsf(float x) { return __builtin_fabsf(x); }
HIP_FUNCTION float floorf(float x) { return __builtin_floorf(x); }
HIP_FUNCTION float fmaxf(float a, float b) { return __builtin_fmaxf(a, b); }
HIP_FUNCTION float fminf(float a, float b) { return __builtin_fminf(a, b); }
HIP_FUNCTION int min(int a, int b) { return a < b ? a : b; }
HIP_FUNCTION int max(int a, int b) { return a > b ? a : b; }
