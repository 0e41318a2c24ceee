// What CUDA declares for host and device alike: min and max of every type in ::, and on the host the math functions libm lacks.
#ifndef CROSSWARP_HOST_DEVICE_MATH_H
#define CROSSWARP_HOST_DEVICE_MATH_H
#pragma GCC system_header

#include "device/qualifiers.h"

// Mixed arguments go as the common type, which is unsigned as soon as one argument is, as CUDA's overloads do.
#define CW_MIN_MAX(R, A, B)                                            \
  CW_HOST_DEVICE R min(A a, B b) { return (R)a < (R)b ? (R)a : (R)b; } \
  CW_HOST_DEVICE R max(A a, B b) { return (R)a > (R)b ? (R)a : (R)b; }
#define CW_MIN_MAX_SIGNS(S, U) CW_MIN_MAX(S, S, S) CW_MIN_MAX(U, U, U) CW_MIN_MAX(U, S, U) CW_MIN_MAX(U, U, S)
CW_MIN_MAX_SIGNS(int, unsigned int)
CW_MIN_MAX_SIGNS(long int, unsigned long int)
CW_MIN_MAX_SIGNS(long long int, unsigned long long int)
#undef CW_MIN_MAX_SIGNS
#undef CW_MIN_MAX
// A NaN argument gives the other one, as fmin and fmax do.
#define CW_MIN_MAX_FLOAT(R, A, B)                                                     \
  CW_HOST_DEVICE R min(A a, B b) { return __builtin_elementwise_minnum((R)a, (R)b); } \
  CW_HOST_DEVICE R max(A a, B b) { return __builtin_elementwise_maxnum((R)a, (R)b); }
CW_MIN_MAX_FLOAT(float, float, float)
CW_MIN_MAX_FLOAT(double, double, double)
CW_MIN_MAX_FLOAT(double, float, double)
CW_MIN_MAX_FLOAT(double, double, float)
#undef CW_MIN_MAX_FLOAT
CW_HOST_DEVICE unsigned int umin(unsigned int a, unsigned int b) { return a < b ? a : b; }
CW_HOST_DEVICE unsigned int umax(unsigned int a, unsigned int b) { return a > b ? a : b; }
CW_HOST_DEVICE long long int llmin(long long int a, long long int b) { return a < b ? a : b; }
CW_HOST_DEVICE long long int llmax(long long int a, long long int b) { return a > b ? a : b; }
CW_HOST_DEVICE unsigned long long int ullmin(unsigned long long int a, unsigned long long int b) { return a < b ? a : b; }
CW_HOST_DEVICE unsigned long long int ullmax(unsigned long long int a, unsigned long long int b) { return a > b ? a : b; }

// C linkage and noexcept as in new C libraries, which declare some of them.
#define CW_HOST extern "C" __host__ __inline__
// The host's forms of CUDA's additions, exact up to the rounding of a few operations.
#define CW_HOST_EXTRAS(F, s)                                                                                \
  CW_HOST F rsqrt##s(F x) noexcept { return (F)1 / __builtin_sqrt##s(x); }                                  \
  CW_HOST F rcbrt##s(F x) noexcept { return (F)1 / __builtin_cbrt##s(x); }                                  \
  CW_HOST F rhypot##s(F x, F y) noexcept { return (F)1 / __builtin_hypot##s(x, y); }                        \
  CW_HOST F norm3d##s(F a, F b, F c) noexcept { return __builtin_hypot##s(__builtin_hypot##s(a, b), c); }   \
  CW_HOST F rnorm3d##s(F a, F b, F c) noexcept { return (F)1 / norm3d##s(a, b, c); }                        \
  CW_HOST F norm4d##s(F a, F b, F c, F d) noexcept { return __builtin_hypot##s(norm3d##s(a, b, c), d); }    \
  CW_HOST F rnorm4d##s(F a, F b, F c, F d) noexcept { return (F)1 / norm4d##s(a, b, c, d); }                \
  CW_HOST F sinpi##s(F x) noexcept {                                                                        \
    const F r = __builtin_remainder##s(x, (F)2), pi = (F)3.14159265358979323846;                            \
    return r == __builtin_trunc##s(r) ? __builtin_copysign##s((F)0, x)                                      \
           : r > (F)0.5               ? __builtin_sin##s(((F)1 - r) * pi)                                   \
           : r < (F) - 0.5            ? __builtin_sin##s(((F) - 1 - r) * pi)                                \
                                      : __builtin_sin##s(r * pi);                                           \
  }                                                                                                         \
  CW_HOST F cospi##s(F x) noexcept {                                                                        \
    const F r = __builtin_fabs##s(__builtin_remainder##s(x, (F)2));                                         \
    return sinpi##s((F)0.5 - r);                                                                            \
  }                                                                                                         \
  CW_HOST void sincospi##s(F x, F* sine, F* cosine) noexcept {                                              \
    *sine = sinpi##s(x);                                                                                    \
    *cosine = cospi##s(x);                                                                                  \
  }                                                                                                         \
  CW_HOST F normcdf##s(F x) noexcept { return (F)0.5 * __builtin_erfc##s(-x * (F)0.70710678118654752440); } \
  CW_HOST F fdivide##s(F x, F y) noexcept { return x / y; }
CW_HOST_EXTRAS(double, )
CW_HOST_EXTRAS(float, f)
#undef CW_HOST_EXTRAS
static __host__ __inline__ float rsqrt(float x) { return rsqrtf(x); }
static __host__ __inline__ float rcbrt(float x) { return rcbrtf(x); }
static __host__ __inline__ float sinpi(float x) { return sinpif(x); }
static __host__ __inline__ float cospi(float x) { return cospif(x); }
static __host__ __inline__ float normcdf(float x) { return normcdff(x); }
#undef CW_HOST

#endif
