// threadIdx, blockIdx, blockDim, gridDim, warpSize.
//
// Each variable is an empty object whose members are properties: reading `threadIdx.x` calls the function that reads the register,
// writing to it is an error, and the object itself is never emitted because nothing loads it. Converts to uint3 and dim3 as CUDA's
// does.
#ifndef CROSSWARP_DEVICE_BUILTIN_VARIABLES_H
#define CROSSWARP_DEVICE_BUILTIN_VARIABLES_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "qualifiers.h"

#define CW_COMPONENT(axis, read)                                                               \
  __declspec(property(get = __cw_get_##axis)) unsigned int axis;                               \
  static inline __device__ __attribute__((always_inline)) unsigned int __cw_get_##axis(void) { \
    return __nvvm_read_ptx_sreg_##read();                                                      \
  }
#define CW_BUILTIN_VARIABLE(name, prefix)                                                       \
  struct __cw_##name##_t {                                                                      \
    CW_COMPONENT(x, prefix##_x)                                                                 \
    CW_COMPONENT(y, prefix##_y)                                                                 \
    CW_COMPONENT(z, prefix##_z)                                                                 \
    __device__ __attribute__((always_inline)) operator uint3() const { return uint3{x, y, z}; } \
    __device__ __attribute__((always_inline)) operator dim3() const { return dim3(x, y, z); }   \
  };                                                                                            \
  extern const __device__ __attribute__((weak)) __cw_##name##_t name;

CW_BUILTIN_VARIABLE(threadIdx, tid)
CW_BUILTIN_VARIABLE(blockIdx, ctaid)
CW_BUILTIN_VARIABLE(blockDim, ntid)
CW_BUILTIN_VARIABLE(gridDim, nctaid)
#undef CW_BUILTIN_VARIABLE
#undef CW_COMPONENT

// A CUDA warp is 32 lanes on every target. Not a macro: programs have own names `warpSize`, some at namespace scope.
static constexpr int __cw_warp_size = 32;
#if !defined(__CROSSWARP_OWN_WARP_SIZE__)
static constexpr int warpSize = __cw_warp_size;
#endif

#endif
