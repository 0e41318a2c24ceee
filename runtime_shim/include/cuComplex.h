// Complex numbers as float2 and double2 (names and meaning: the CUDA headers' public cuComplex interface). C and C++.
#ifndef CROSSWARP_CUCOMPLEX_H
#define CROSSWARP_CUCOMPLEX_H

#include <math.h>

#include "vector_functions.h"

#define CW_COMPLEX static __inline__ __host__ __device__
typedef float2 cuFloatComplex;
typedef double2 cuDoubleComplex;
typedef cuFloatComplex cuComplex;

// T: component, C: complex type, s: CUDA's suffix, m: libm's. Division and magnitude scale first, so that they do not overflow
// early.
#define CW_COMPLEX_FUNCTIONS(__T, C, s, m)                                                            \
  CW_COMPLEX C make_##C(__T real, __T imaginary) {                                                    \
    C c;                                                                                              \
    c.x = real;                                                                                       \
    c.y = imaginary;                                                                                  \
    return c;                                                                                         \
  }                                                                                                   \
  CW_COMPLEX __T cuCreal##s(C a) { return a.x; }                                                      \
  CW_COMPLEX __T cuCimag##s(C a) { return a.y; }                                                      \
  CW_COMPLEX C cuConj##s(C a) { return make_##C(a.x, -a.y); }                                         \
  CW_COMPLEX C cuCadd##s(C a, C b) { return make_##C(a.x + b.x, a.y + b.y); }                         \
  CW_COMPLEX C cuCsub##s(C a, C b) { return make_##C(a.x - b.x, a.y - b.y); }                         \
  CW_COMPLEX C cuCmul##s(C a, C b) { return make_##C(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); } \
  CW_COMPLEX C cuCdiv##s(C a, C b) {                                                                  \
    const __T scale = 1 / (fabs##m(b.x) + fabs##m(b.y));                                              \
    const __T ax = a.x * scale, ay = a.y * scale, bx = b.x * scale, by = b.y * scale;                 \
    const __T inverse = 1 / (bx * bx + by * by);                                                      \
    return make_##C((ax * bx + ay * by) * inverse, (ay * bx - ax * by) * inverse);                    \
  }                                                                                                   \
  CW_COMPLEX __T cuCabs##s(C a) { return hypot##m(a.x, a.y); }                                        \
  CW_COMPLEX C cuCfma##s(C a, C b, C c) { return make_##C(a.x * b.x + c.x - a.y * b.y, a.x * b.y + c.y + a.y * b.x); }
CW_COMPLEX_FUNCTIONS(float, cuFloatComplex, f, f)
CW_COMPLEX_FUNCTIONS(double, cuDoubleComplex, , )
#undef CW_COMPLEX_FUNCTIONS

CW_COMPLEX cuComplex make_cuComplex(float x, float y) { return make_cuFloatComplex(x, y); }
CW_COMPLEX cuDoubleComplex cuComplexFloatToDouble(cuFloatComplex c) { return make_cuDoubleComplex((double)c.x, (double)c.y); }
CW_COMPLEX cuFloatComplex cuComplexDoubleToFloat(cuDoubleComplex c) { return make_cuFloatComplex((float)c.x, (float)c.y); }
#undef CW_COMPLEX

#endif
