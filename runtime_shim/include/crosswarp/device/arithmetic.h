// Arithmetic with a stated rounding (CUDA Math API, "Single/Double Precision Intrinsics"). Never fused, contracted or approximated.
#ifndef CROSSWARP_DEVICE_ARITHMETIC_H
#define CROSSWARP_DEVICE_ARITHMETIC_H
#pragma GCC system_header

#include "../operations.h"
#include "qualifiers.h"

// Within each function: at file scope the pragma would decide for the user's code too, whatever -fmad says.
#define CW_EXACT _Pragma("clang fp contract(off) reassociate(off) reciprocal(off)")
#define CW_NEAREST(F, p)                                         \
  CW_DEVICE F __##p##add_rn(F x, F y) { CW_EXACT return x + y; } \
  CW_DEVICE F __##p##sub_rn(F x, F y) { CW_EXACT return x - y; } \
  CW_DEVICE F __##p##mul_rn(F x, F y) { CW_EXACT return x * y; }
CW_NEAREST(float, f)
CW_NEAREST(double, d)
#undef CW_NEAREST
CW_DEVICE double __ddiv_rn(double x, double y) { CW_EXACT return x / y; }
CW_DEVICE double __drcp_rn(double x) { CW_EXACT return 1 / x; }
CW_DEVICE double __dsqrt_rn(double x) { CW_EXACT return __builtin_elementwise_sqrt(x); }
#undef CW_EXACT
// Operations of their own: plain ones would obey -prec-div and -prec-sqrt.
CW_DEVICE float __fdiv_rn(float x, float y) { return __cw_math_div_rn_f32(x, y); }
CW_DEVICE float __frcp_rn(float x) { return __cw_math_div_rn_f32(1.0f, x); }
CW_DEVICE float __fsqrt_rn(float x) { return __cw_math_sqrt_rn_f32(x); }

CW_DEVICE float __fmaf_rn(float x, float y, float z) { return __builtin_elementwise_fma(x, y, z); }
CW_DEVICE float __fmaf_ieee_rn(float x, float y, float z) { return __builtin_elementwise_fma(x, y, z); }
CW_DEVICE double __fma_rn(double x, double y, double z) { return __builtin_elementwise_fma(x, y, z); }
CW_DEVICE float __frsqrt_rn(float x) { return __cw_math_rsqrt_rn_f32(x); }

#define CW_DIRECTED(F, p, bits, mode)                                                      \
  CW_DEVICE F __##p##add_##mode(F x, F y) { return __cw_math_add_##mode##_##bits(x, y); }  \
  CW_DEVICE F __##p##sub_##mode(F x, F y) { return __cw_math_add_##mode##_##bits(x, -y); } \
  CW_DEVICE F __##p##mul_##mode(F x, F y) { return __cw_math_mul_##mode##_##bits(x, y); }  \
  CW_DEVICE F __##p##div_##mode(F x, F y) { return __cw_math_div_##mode##_##bits(x, y); }  \
  CW_DEVICE F __##p##rcp_##mode(F x) { return __cw_math_div_##mode##_##bits((F)1, x); }    \
  CW_DEVICE F __##p##sqrt_##mode(F x) { return __cw_math_sqrt_##mode##_##bits(x); }
#define CW_DIRECTED_MODE(mode)                                                                                  \
  CW_DIRECTED(float, f, f32, mode)                                                                              \
  CW_DIRECTED(double, d, f64, mode)                                                                             \
  CW_DEVICE float __fmaf_##mode(float x, float y, float z) { return __cw_math_fma_##mode##_f32(x, y, z); }      \
  CW_DEVICE float __fmaf_ieee_##mode(float x, float y, float z) { return __cw_math_fma_##mode##_f32(x, y, z); } \
  CW_DEVICE double __fma_##mode(double x, double y, double z) { return __cw_math_fma_##mode##_f64(x, y, z); }
CW_DIRECTED_MODE(rz)
CW_DIRECTED_MODE(ru)
CW_DIRECTED_MODE(rd)
#undef CW_DIRECTED_MODE
#undef CW_DIRECTED

#endif
