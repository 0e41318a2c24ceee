// frexp, ldexp, logb, ilogb, modf, nextafter: exact work on the representation.
#include "math/core.h"

namespace cw {

template <class T>
CW_INLINE T frexp(T x, int* exponent) {
  if (x == T(0) || !is_finite(x)) {
    *exponent = 0;
    return x;
  }
  int e;
  T m = normalize(abs(x), e);
  *exponent = e + 1;
  return copysign(m * T(0.5), x);
}

// The exponent is bounded to what still overflows, or underflows to zero; `scale` then rounds once.
template <class T>
CW_INLINE T ldexp(T x, int k) {
  if (x == T(0) || !is_finite(x)) return x;
  constexpr int high = Format<T>::bias + 1, low = -Format<T>::bias - Format<T>::digits - 1;
  int e;
  T m = normalize(abs(x), e);
  int64_t wide = static_cast<int64_t>(e) + k;
  int total = wide > high ? high : (wide < low ? low : static_cast<int>(wide));
  return copysign(scale(m, total), x);
}

template <class T>
CW_INLINE T logb(T x) {
  if (x == T(0)) return -infinity<T>();
  if (!is_finite(x)) return x * x;
  int e;
  normalize(abs(x), e);
  return T(e);
}

template <class T>
CW_INLINE int ilogb(T x) {
  if (x == T(0) || is_nan(x)) return INT32_MIN;
  if (!is_finite(x)) return INT32_MAX;
  int e;
  normalize(abs(x), e);
  return e;
}

template <class T>
CW_INLINE T modf(T x, T* integral) {
  T whole = trunc(x);
  *integral = whole;
  return copysign(is_finite(x) ? x - whole : (is_nan(x) ? x : T(0)), x);
}

template <class T>
CW_INLINE T nextafter(T x, T y) {
  if (is_nan(x) || is_nan(y)) return x + y;
  if (x == y) return y;
  if (x == T(0)) return copysign(from_bits<T>(1), y);
  bool away = (x < y) == (x > T(0));
  return from_bits<T>(away ? bits(x) + 1 : bits(x) - 1);
}

}  // namespace cw

CW_MATH_1(logb, cw::logb(x))
CW_MATH_2(nextafter, cw::nextafter(x, y))

#define CW_PARTS(type, suffix)                                                                                \
  CW_MATH("frexp." #suffix, type, frexp_##suffix, (type x, int* exponent)) { return cw::frexp(x, exponent); } \
  CW_MATH("ldexp." #suffix, type, ldexp_##suffix, (type x, int k)) { return cw::ldexp(x, k); }                \
  CW_MATH("ilogb." #suffix, int, ilogb_##suffix, (type x)) { return cw::ilogb(x); }                           \
  CW_MATH("modf." #suffix, type, modf_##suffix, (type x, type * integral)) { return cw::modf(x, integral); }
CW_PARTS(float, f32)
CW_PARTS(double, f64)
