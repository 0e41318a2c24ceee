// Device math: C99 functions for float and double in :: and std::, and CUDA's additions.
//
// Must come before <cmath>: clang makes a constexpr library function callable from device code only if no __device__ overload of
// the same signature is known, and the library's bodies would leave calls to the host's libm. Names: CUDA Math API reference.
#ifndef CROSSWARP_DEVICE_MATH_H
#define CROSSWARP_DEVICE_MATH_H
#pragma GCC system_header

#include "../operations.h"
#include "qualifiers.h"

// One function in CUDA's spellings: f(double), f(float), ff(float).
#define CW_MATH_1(name, on_f32, on_f64)                 \
  CW_DEVICE double name(double x) { return on_f64(x); } \
  CW_DEVICE float name(float x) { return on_f32(x); }   \
  CW_DEVICE float name##f(float x) { return on_f32(x); }
#define CW_MATH_2(name, on_f32, on_f64)                              \
  CW_DEVICE double name(double x, double y) { return on_f64(x, y); } \
  CW_DEVICE float name(float x, float y) { return on_f32(x, y); }    \
  CW_DEVICE float name##f(float x, float y) { return on_f32(x, y); }
// Integer arguments count as double, as in C++; mixed ones too.
#define CW_INTEGER_1(name)                                                      \
  template <class __T>                                                          \
  CW_DEVICE typename __cw::when<__is_integral(__T), double>::type name(__T x) { \
    return name((double)x);                                                     \
  }
#define CW_MIXED_2(name)                                                                                                           \
  template <class __T, class U>                                                                                                    \
  CW_DEVICE typename __cw::when<__is_arithmetic(__T) && __is_arithmetic(U) && !__is_same(__T, U), double>::type name(__T x, U y) { \
    return name((double)x, (double)y);                                                                                             \
  }                                                                                                                                \
  template <class __T>                                                                                                             \
  CW_DEVICE typename __cw::when<__is_integral(__T), double>::type name(__T x, __T y) {                                             \
    return name((double)x, (double)y);                                                                                             \
  }
#define CW_LIBRARY_1(name) CW_MATH_1(name, __cw_math_##name##_f32, __cw_math_##name##_f64)
#define CW_LIBRARY_2(name) CW_MATH_2(name, __cw_math_##name##_f32, __cw_math_##name##_f64)
// --use_fast_math replaces these in their float form.
#if defined(__CROSSWARP_FAST_MATH__)
#define CW_FAST_1(name) CW_MATH_1(name, __cw_math_##name##_fast_f32, __cw_math_##name##_f64)
#else
#define CW_FAST_1(name) CW_LIBRARY_1(name)
#endif

// C99.
#define CW_FOR_STANDARD_LIBRARY_1(apply)                                                                                    \
  apply(acos) apply(acosh) apply(asin) apply(asinh) apply(atan) apply(atanh) apply(cbrt) apply(cosh) apply(erf) apply(erfc) \
      apply(exp2) apply(expm1) apply(lgamma) apply(log1p) apply(logb) apply(sinh) apply(tgamma)
#define CW_FOR_STANDARD_FAST_1(apply) apply(cos) apply(exp) apply(log) apply(log10) apply(log2) apply(sin) apply(tan) apply(tanh)
#define CW_FOR_STANDARD_NATIVE_1(apply) \
  apply(ceil) apply(fabs) apply(floor) apply(nearbyint) apply(rint) apply(round) apply(sqrt) apply(trunc)
#define CW_FOR_STANDARD_2(apply) apply(atan2) apply(fmod) apply(hypot) apply(nextafter) apply(pow) apply(remainder)
#define CW_FOR_STANDARD_NATIVE_2(apply) apply(copysign) apply(fdim) apply(fmax) apply(fmin)

CW_FOR_STANDARD_LIBRARY_1(CW_LIBRARY_1)
CW_FOR_STANDARD_FAST_1(CW_FAST_1)
CW_LIBRARY_2(atan2)
CW_LIBRARY_2(fmod)
CW_LIBRARY_2(hypot)
CW_LIBRARY_2(nextafter)
CW_LIBRARY_2(remainder)
#if defined(__CROSSWARP_FAST_MATH__)
CW_MATH_2(pow, __cw_math_pow_fast_f32, __cw_math_pow_f64)
#else
CW_LIBRARY_2(pow)
#endif
CW_MATH_1(ceil, __builtin_elementwise_ceil, __builtin_elementwise_ceil)
CW_MATH_1(fabs, __builtin_elementwise_abs, __builtin_elementwise_abs)
CW_MATH_1(floor, __builtin_elementwise_floor, __builtin_elementwise_floor)
CW_MATH_1(nearbyint, __builtin_elementwise_rint, __builtin_elementwise_rint)
CW_MATH_1(rint, __builtin_elementwise_rint, __builtin_elementwise_rint)
CW_MATH_1(round, __builtin_elementwise_round, __builtin_elementwise_round)
CW_MATH_1(sqrt, __builtin_elementwise_sqrt, __builtin_elementwise_sqrt)
CW_MATH_1(trunc, __builtin_elementwise_trunc, __builtin_elementwise_trunc)
CW_MATH_2(copysign, __builtin_elementwise_copysign, __builtin_elementwise_copysign)
CW_MATH_2(fmax, __builtin_elementwise_maxnum, __builtin_elementwise_maxnum)
CW_MATH_2(fmin, __builtin_elementwise_minnum, __builtin_elementwise_minnum)
#define CW_POSITIVE_DIFFERENCE(x, y) ((x) <= (y) ? 0 : (x) - (y))
CW_MATH_2(fdim, CW_POSITIVE_DIFFERENCE, CW_POSITIVE_DIFFERENCE)
#undef CW_POSITIVE_DIFFERENCE
CW_DEVICE double fma(double x, double y, double z) { return __builtin_elementwise_fma(x, y, z); }
CW_DEVICE float fma(float x, float y, float z) { return __builtin_elementwise_fma(x, y, z); }
CW_DEVICE float fmaf(float x, float y, float z) { return __builtin_elementwise_fma(x, y, z); }

CW_FOR_STANDARD_LIBRARY_1(CW_INTEGER_1)
CW_FOR_STANDARD_FAST_1(CW_INTEGER_1)
CW_FOR_STANDARD_NATIVE_1(CW_INTEGER_1)
CW_FOR_STANDARD_2(CW_MIXED_2)
CW_FOR_STANDARD_NATIVE_2(CW_MIXED_2)

// Integer results and parameters, results through pointers.
#define CW_ROUND_TO_INTEGER(__T, F, suffix, bits)                                                                                  \
  CW_DEVICE long int lrint##suffix(F x) { return __cw_cvt_i64_rn_##bits(x); }                                                      \
  CW_DEVICE long long int llrint##suffix(F x) { return __cw_cvt_i64_rn_##bits(x); }                                                \
  CW_DEVICE long int lround##suffix(F x) { return __cw_cvt_i64_rz_##bits(__builtin_elementwise_round(x)); }                        \
  CW_DEVICE long long int llround##suffix(F x) { return __cw_cvt_i64_rz_##bits(__builtin_elementwise_round(x)); }                  \
  CW_DEVICE int ilogb##suffix(F x) { return __cw_math_ilogb_##bits(x); }                                                           \
  CW_DEVICE F ldexp##suffix(F x, int e) { return __cw_math_ldexp_##bits(x, e); }                                                   \
  CW_DEVICE F scalbn##suffix(F x, int e) { return __cw_math_ldexp_##bits(x, e); }                                                  \
  CW_DEVICE F scalbln##suffix(F x, long int e) { return __cw_math_ldexp_##bits(x, e < -9999 ? -9999 : e > 9999 ? 9999 : (int)e); } \
  CW_DEVICE F frexp##suffix(F x, int* e) { return __cw_math_frexp_##bits(x, e); }                                                  \
  CW_DEVICE F modf##suffix(F x, F* i) { return __cw_math_modf_##bits(x, i); }                                                      \
  CW_DEVICE F remquo##suffix(F x, F y, int* q) { return __cw_math_remquo_##bits(x, y, q); }
CW_ROUND_TO_INTEGER(double, double, , f64)
CW_ROUND_TO_INTEGER(float, float, , f32)
CW_ROUND_TO_INTEGER(float, float, f, f32)
#undef CW_ROUND_TO_INTEGER
template <class __T>
CW_DEVICE typename __cw::when<__is_integral(__T), double>::type ldexp(__T x, int e) {
  return __cw_math_ldexp_f64((double)x, e);
}
// The tag of a NaN is not kept.
CW_DEVICE double nan(const char*) { return __builtin_nan(""); }
CW_DEVICE float nanf(const char*) { return __builtin_nanf(""); }

// Classification.
#define CW_CLASSIFY(F, suffix)                                          \
  CW_DEVICE bool isnan(F x) { return __builtin_isnan(x); }              \
  CW_DEVICE bool isinf(F x) { return __builtin_isinf(x); }              \
  CW_DEVICE bool isfinite(F x) { return __builtin_isfinite(x); }        \
  CW_DEVICE bool isnormal(F x) { return __builtin_isnormal(x); }        \
  CW_DEVICE bool signbit(F x) { return __builtin_signbit(x) != 0; }     \
  CW_DEVICE int __isnan##suffix(F x) { return __builtin_isnan(x); }     \
  CW_DEVICE int __isinf##suffix(F x) { return __builtin_isinf(x); }     \
  CW_DEVICE int __finite##suffix(F x) { return __builtin_isfinite(x); } \
  CW_DEVICE int __signbit##suffix(F x) { return __builtin_signbit(x) != 0; }
CW_CLASSIFY(double, )
CW_CLASSIFY(float, f)
#undef CW_CLASSIFY
CW_DEVICE int __signbitd(double x) { return __builtin_signbit(x) != 0; }

// Absolute values of every type that std::abs has.
CW_DEVICE int abs(int x) { return x < 0 ? -x : x; }
CW_DEVICE long abs(long x) { return x < 0 ? -x : x; }
CW_DEVICE long long abs(long long x) { return x < 0 ? -x : x; }
CW_DEVICE float abs(float x) { return __builtin_elementwise_abs(x); }
CW_DEVICE double abs(double x) { return __builtin_elementwise_abs(x); }
CW_DEVICE long labs(long x) { return x < 0 ? -x : x; }
CW_DEVICE long long llabs(long long x) { return x < 0 ? -x : x; }

namespace std {
#define CW_USING(name) using ::name;
#define CW_USING_F(name) using ::name##f;
CW_FOR_STANDARD_LIBRARY_1(CW_USING)
CW_FOR_STANDARD_FAST_1(CW_USING)
CW_FOR_STANDARD_NATIVE_1(CW_USING)
CW_FOR_STANDARD_2(CW_USING)
CW_FOR_STANDARD_NATIVE_2(CW_USING)
CW_FOR_STANDARD_LIBRARY_1(CW_USING_F)
CW_FOR_STANDARD_FAST_1(CW_USING_F)
CW_FOR_STANDARD_NATIVE_1(CW_USING_F)
CW_FOR_STANDARD_2(CW_USING_F)
CW_FOR_STANDARD_NATIVE_2(CW_USING_F)
#undef CW_USING
#undef CW_USING_F
using ::abs;
using ::fma;
using ::fmaf;
using ::frexp;
using ::ilogb;
using ::isfinite;
using ::isinf;
using ::isnan;
using ::isnormal;
using ::labs;
using ::ldexp;
using ::llabs;
using ::llrint;
using ::llround;
using ::lrint;
using ::lround;
using ::modf;
using ::nan;
using ::remquo;
using ::scalbln;
using ::scalbn;
using ::signbit;
}  // namespace std

// CUDA's additions.
CW_LIBRARY_1(cospi)
CW_LIBRARY_1(cyl_bessel_i0)
CW_LIBRARY_1(cyl_bessel_i1)
CW_LIBRARY_1(erfcinv)
CW_LIBRARY_1(erfcx)
CW_LIBRARY_1(erfinv)
CW_FAST_1(exp10)
CW_LIBRARY_1(j0)
CW_LIBRARY_1(j1)
CW_LIBRARY_1(normcdf)
CW_LIBRARY_1(normcdfinv)
CW_LIBRARY_1(rcbrt)
// Two operators that -prec-div=false and -prec-sqrt=false turn into the hardware's instruction.
#if defined(__CROSSWARP_FAST_MATH__)
#define CW_FAST_RECIPROCAL_ROOT(x) (1.0f / __builtin_elementwise_sqrt(x))
CW_MATH_1(rsqrt, CW_FAST_RECIPROCAL_ROOT, __cw_math_rsqrt_f64)
#undef CW_FAST_RECIPROCAL_ROOT
#else
CW_LIBRARY_1(rsqrt)
#endif
CW_LIBRARY_1(sinpi)
CW_LIBRARY_1(y0)
CW_LIBRARY_1(y1)
CW_LIBRARY_2(rhypot)
#define CW_EXTRA(F, suffix, bits)                                                                  \
  CW_DEVICE F jn##suffix(int n, F x) { return __cw_math_jn_##bits(n, x); }                         \
  CW_DEVICE F yn##suffix(int n, F x) { return __cw_math_yn_##bits(n, x); }                         \
  CW_DEVICE F norm3d##suffix(F a, F b, F c) { return __cw_math_norm3d_##bits(a, b, c); }           \
  CW_DEVICE F rnorm3d##suffix(F a, F b, F c) { return __cw_math_rnorm3d_##bits(a, b, c); }         \
  CW_DEVICE F norm4d##suffix(F a, F b, F c, F d) { return __cw_math_norm4d_##bits(a, b, c, d); }   \
  CW_DEVICE F rnorm4d##suffix(F a, F b, F c, F d) { return __cw_math_rnorm4d_##bits(a, b, c, d); } \
  CW_DEVICE F norm##suffix(int dim, const F* p) { return __cw_math_norm_##bits(dim, p); }          \
  CW_DEVICE F rnorm##suffix(int dim, const F* p) { return __cw_math_rnorm_##bits(dim, p); }        \
  CW_DEVICE void sincospi##suffix(F x, F* s, F* c) { __cw_math_sincospi_##bits(x, s, c); }
CW_EXTRA(double, , f64)
CW_EXTRA(float, f, f32)
#undef CW_EXTRA
CW_DEVICE void sincos(double x, double* s, double* c) { __cw_math_sincos_f64(x, s, c); }
CW_DEVICE void sincosf(float x, float* s, float* c) {
#if defined(__CROSSWARP_FAST_MATH__)
  *s = __cw_math_sin_fast_f32(x);
  *c = __cw_math_cos_fast_f32(x);
#else
  __cw_math_sincos_f32(x, s, c);
#endif
}
CW_DEVICE void sincos(float x, float* s, float* c) { sincosf(x, s, c); }
CW_DEVICE void sincospi(float x, float* s, float* c) { __cw_math_sincospi_f32(x, s, c); }
CW_DEVICE double fdivide(double x, double y) { return x / y; }
#if defined(__CROSSWARP_FAST_MATH__)
CW_DEVICE float fdividef(float x, float y) { return __cw_math_div_fast_f32(x, y); }
#else
CW_DEVICE float fdividef(float x, float y) { return x / y; }
#endif

// The fast family.
CW_DEVICE float __sinf(float x) { return __cw_math_sin_fast_f32(x); }
CW_DEVICE float __cosf(float x) { return __cw_math_cos_fast_f32(x); }
CW_DEVICE float __tanf(float x) { return __cw_math_tan_fast_f32(x); }
CW_DEVICE float __tanhf(float x) { return __cw_math_tanh_fast_f32(x); }
CW_DEVICE float __expf(float x) { return __cw_math_exp_fast_f32(x); }
CW_DEVICE float __exp10f(float x) { return __cw_math_exp10_fast_f32(x); }
CW_DEVICE float __logf(float x) { return __cw_math_log_fast_f32(x); }
CW_DEVICE float __log2f(float x) { return __cw_math_log2_fast_f32(x); }
CW_DEVICE float __log10f(float x) { return __cw_math_log10_fast_f32(x); }
CW_DEVICE float __powf(float x, float y) { return __cw_math_pow_fast_f32(x, y); }
CW_DEVICE float __fdividef(float x, float y) { return __cw_math_div_fast_f32(x, y); }
CW_DEVICE void __sincosf(float x, float* s, float* c) {
  *s = __cw_math_sin_fast_f32(x);
  *c = __cw_math_cos_fast_f32(x);
}
CW_DEVICE float __saturatef(float x) { return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f; }

#undef CW_MATH_1
#undef CW_MATH_2
#undef CW_INTEGER_1
#undef CW_MIXED_2
#undef CW_LIBRARY_1
#undef CW_LIBRARY_2
#undef CW_FAST_1
#undef CW_FOR_STANDARD_LIBRARY_1
#undef CW_FOR_STANDARD_FAST_1
#undef CW_FOR_STANDARD_NATIVE_1
#undef CW_FOR_STANDARD_2
#undef CW_FOR_STANDARD_NATIVE_2

#endif
