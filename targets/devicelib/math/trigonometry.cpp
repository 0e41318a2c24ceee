// sin, cos, tan, sincos, and the functions of pi*x.
#include "math/trig.h"

namespace cw {

template <class T>
CW_INLINE T tan(T x) {
  Reduced<T> reduced = reduce(x);
  SinCosPairs<T> values = sincos_reduced(reduced.r);
  bool odd = reduced.quadrant & 1;
  Pair<T> quotient = odd ? divide(values.cos, values.sin) : divide(values.sin, values.cos);
  T magnitude = quotient.hi + quotient.lo;
  return x == T(0) ? x : (odd ? -magnitude : magnitude);
}

template <class T>
CW_INLINE void store(SinCos<T> values, T* sine, T* cosine) {
  *sine = values.sin;
  *cosine = values.cos;
}

}  // namespace cw

CW_MATH_1(sin, cw::sincos(x).sin)
CW_MATH_1(cos, cw::sincos(x).cos)
CW_MATH_1(tan, cw::tan(x))
CW_MATH_1(sinpi, cw::sincospi(x).sin)
CW_MATH_1(cospi, cw::sincospi(x).cos)

CW_MATH("sincos.f32", void, sincos_f32, (float x, float* s, float* c)) { cw::store(cw::sincos(x), s, c); }
CW_MATH("sincos.f64", void, sincos_f64, (double x, double* s, double* c)) { cw::store(cw::sincos(x), s, c); }
CW_MATH("sincospi.f32", void, sincospi_f32, (float x, float* s, float* c)) { cw::store(cw::sincospi(x), s, c); }
CW_MATH("sincospi.f64", void, sincospi_f64, (double x, double* s, double* c)) { cw::store(cw::sincospi(x), s, c); }
