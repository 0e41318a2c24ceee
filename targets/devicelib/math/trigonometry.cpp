// sin, cos, tan, sincos, and the functions of pi*x.
#include "math/trig.h"

namespace cw {

template <class T>
CW_INLINE T tan_of(Reduced<T> reduced) {
  SinCosPairs<T> values = sincos_reduced(reduced.r);
  bool odd = reduced.quadrant & 1;
  Pair<T> over = select(odd, values.cos, values.sin), under = select(odd, values.sin, values.cos);
  Pair<T> quotient = divide(over, under);
  T magnitude = quotient.hi + quotient.lo;
  return odd ? -magnitude : magnitude;
}
CW_INLINE float tan(float x) {
  float result = tan_of(reduce(x));
  result = x == 0.0f ? x : result;
  return is_finite(x) ? result : nan<float>();
}

CW_RARE double tan_large(double x) { return is_finite(x) ? tan_of(reduce_large(x)) : nan<double>(); }

CW_INLINE double tan(double x) {
  bool moderate = is_moderate(x);
  double result = tan_of(reduce_moderate(moderate ? x : 0.0));
  result = x == 0.0 ? x : result;
  if (!moderate) result = tan_large(x);
  return result;
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
