// Two floats at a time (CUDA Math API, "Single Precision Intrinsics", names __f*2): compute capability 10 and later.
#ifndef CROSSWARP_DEVICE_PACKED_FLOAT_H
#define CROSSWARP_DEVICE_PACKED_FLOAT_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "arithmetic.h"

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 1000
#define CW_PACKED(mode)                                                                                                    \
  CW_DEVICE float2 __fadd2_##mode(float2 a, float2 b) { return float2{__fadd_##mode(a.x, b.x), __fadd_##mode(a.y, b.y)}; } \
  CW_DEVICE float2 __fmul2_##mode(float2 a, float2 b) { return float2{__fmul_##mode(a.x, b.x), __fmul_##mode(a.y, b.y)}; } \
  CW_DEVICE float2 __ffma2_##mode(float2 a, float2 b, float2 c) {                                                          \
    return float2{__fmaf_##mode(a.x, b.x, c.x), __fmaf_##mode(a.y, b.y, c.y)};                                             \
  }
CW_PACKED(rn)
CW_PACKED(rz)
CW_PACKED(ru)
CW_PACKED(rd)
#undef CW_PACKED
#endif

#endif
