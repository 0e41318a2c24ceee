// Type casts and conversions (CUDA Math API, "Type Casting Intrinsics").
#ifndef CROSSWARP_DEVICE_CASTS_H
#define CROSSWARP_DEVICE_CASTS_H
#pragma GCC system_header

#include "../operations.h"
#include "qualifiers.h"

CW_DEVICE int __float_as_int(float x) { return __cw::bits_as<int>(x); }
CW_DEVICE unsigned __float_as_uint(float x) { return __cw::bits_as<unsigned>(x); }
CW_DEVICE float __int_as_float(int x) { return __cw::bits_as<float>(x); }
CW_DEVICE float __uint_as_float(unsigned x) { return __cw::bits_as<float>(x); }
CW_DEVICE long long __double_as_longlong(double x) { return __cw::bits_as<long long>(x); }
CW_DEVICE double __longlong_as_double(long long x) { return __cw::bits_as<double>(x); }
CW_DEVICE int __double2hiint(double x) { return (int)(__double_as_longlong(x) >> 32); }
CW_DEVICE int __double2loint(double x) { return (int)__double_as_longlong(x); }
CW_DEVICE double __hiloint2double(int high, int low) {
  return __longlong_as_double((long long)((unsigned long long)(unsigned)high << 32 | (unsigned)low));
}

// To integers, in all four rounding modes.
#define CW_TO_INTEGERS(mode)                                                                        \
  CW_DEVICE int __float2int_##mode(float x) { return __cw_cvt_i32_##mode##_f32(x); }                \
  CW_DEVICE unsigned __float2uint_##mode(float x) { return __cw_cvt_u32_##mode##_f32(x); }          \
  CW_DEVICE long long __float2ll_##mode(float x) { return __cw_cvt_i64_##mode##_f32(x); }           \
  CW_DEVICE unsigned long long __float2ull_##mode(float x) { return __cw_cvt_u64_##mode##_f32(x); } \
  CW_DEVICE int __double2int_##mode(double x) { return __cw_cvt_i32_##mode##_f64(x); }              \
  CW_DEVICE unsigned __double2uint_##mode(double x) { return __cw_cvt_u32_##mode##_f64(x); }        \
  CW_DEVICE long long __double2ll_##mode(double x) { return __cw_cvt_i64_##mode##_f64(x); }         \
  CW_DEVICE unsigned long long __double2ull_##mode(double x) { return __cw_cvt_u64_##mode##_f64(x); }
CW_TO_INTEGERS(rn)
CW_TO_INTEGERS(rz)
CW_TO_INTEGERS(ru)
CW_TO_INTEGERS(rd)
#undef CW_TO_INTEGERS

// To floating point: nearest-even is C's own conversion.
#define CW_TO_FLOATS(mode, f32_i32, f32_u32, f32_i64, f32_u64, f64_i64, f64_u64, f32_f64) \
  CW_DEVICE float __int2float_##mode(int x) { return f32_i32(x); }                        \
  CW_DEVICE float __uint2float_##mode(unsigned x) { return f32_u32(x); }                  \
  CW_DEVICE float __ll2float_##mode(long long x) { return f32_i64(x); }                   \
  CW_DEVICE float __ull2float_##mode(unsigned long long x) { return f32_u64(x); }         \
  CW_DEVICE double __ll2double_##mode(long long x) { return f64_i64(x); }                 \
  CW_DEVICE double __ull2double_##mode(unsigned long long x) { return f64_u64(x); }       \
  CW_DEVICE float __double2float_##mode(double x) { return f32_f64(x); }
#define CW_TO_FLOATS_DIRECTED(mode)                                                                                              \
  CW_TO_FLOATS(mode, __cw_cvt_f32_##mode##_i32, __cw_cvt_f32_##mode##_u32, __cw_cvt_f32_##mode##_i64, __cw_cvt_f32_##mode##_u64, \
               __cw_cvt_f64_##mode##_i64, __cw_cvt_f64_##mode##_u64, __cw_cvt_f32_##mode##_f64)
CW_TO_FLOATS(rn, (float), (float), (float), (float), (double), (double), (float))
CW_TO_FLOATS_DIRECTED(rz)
CW_TO_FLOATS_DIRECTED(ru)
CW_TO_FLOATS_DIRECTED(rd)
#undef CW_TO_FLOATS_DIRECTED
#undef CW_TO_FLOATS
CW_DEVICE double __int2double_rn(int x) { return x; }
CW_DEVICE double __uint2double_rn(unsigned x) { return x; }

#endif
