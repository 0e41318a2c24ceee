// cbrt, rcbrt, rsqrt: an estimate from the bit pattern, Newton's steps, and a last step with an exact residual.
#include "math/core.h"

namespace cw {

// x = m * 2^(3q), 1 <= m < 8.
template <class T>
CW_INLINE T split_cube(T x, int& q) {
  int e;
  T m = normalize(x, e);
  // Floor of e/3: the exponent is made positive first.
  int shifted = (e + 1200) / 3;
  q = shifted - 400;
  return m * power_of_two<T>(e - 3 * q);
}

// m^(-1/3) for 1 <= m < 8, to nearly all bits. Each step multiplies the relative error e by about 14/9 e^2.
template <class T>
CW_INLINE T inverse_cube_root(T m) {
  // Within 4 %: the quadratic through m = 1, 8 and about 3.2.
  T y = fma(fma(T(0.0142f), m, T(-0.199f)), m, T(1.18f));
  constexpr int steps = sizeof(T) == 4 ? 3 : 4;
#pragma clang loop unroll(full)
  for (int i = 0; i < steps; ++i) {
    T error = fma(-m * y, y * y, T(1));
    y = fma(y * error, fma(error, T(2.0 / 9), T(1.0 / 3)), y);
  }
  return y;
}

template <class T>
CW_INLINE T cbrt(T x) {
  T a = abs(x);
  if (!(a > T(0) && a < infinity<T>())) return x;
  int q;
  T m = split_cube(a, q);
  T y = inverse_cube_root(m);
  T r = m * y * y;
  // One Newton step on r^3 = m with r*r and r*r*r - m in double length.
  Pair<T> square = two_product(r, r);
  Pair<T> cube = two_product(square.hi, r);
  T residual = (m - cube.hi) - fma(square.lo, r, cube.lo);
  return copysign(fma(residual * T(1.0 / 3), y * y, r) * power_of_two<T>(q), x);
}

template <class T>
CW_INLINE T rcbrt(T x) {
  T a = abs(x);
  if (!(a > T(0) && a < infinity<T>())) return is_nan(x) ? x : copysign(a == T(0) ? infinity<T>() : T(0), x);
  int q;
  T m = split_cube(a, q);
  T y = inverse_cube_root(m);
  Pair<T> square = two_product(y, y);
  Pair<T> cube = two_product(square.hi, y);
  Pair<T> product = two_product(m, cube.hi);
  T residual = (T(1) - product.hi) - fma(m, fma(square.lo, y, cube.lo), product.lo);
  return copysign(fma(residual * T(1.0 / 3), y, y) * power_of_two<T>(-q), x);
}

// 1/sqrt(x) as a pair for x in [1, 4).
template <class T>
CW_INLINE Pair<T> inverse_root(T m) {
  T y = T(1) / sqrt(m);
  Pair<T> square = two_product(y, y);
  Pair<T> product = two_product(m, square.hi);
  T residual = (T(1) - product.hi) - fma(m, square.lo, product.lo);
  return {y, T(0.5) * residual * y};
}

template <class T>
CW_INLINE T rsqrt(T x) {
  if (!(x > T(0) && x < infinity<T>())) {
    if (x == T(0)) return copysign(infinity<T>(), x);
    return x > T(0) ? T(0) : (is_nan(x) ? x : nan<T>());
  }
  int e;
  T m = normalize(x, e);
  bool odd = e & 1;
  Pair<T> y = inverse_root(odd ? m + m : m);
  return (y.hi + y.lo) * power_of_two<T>(-((e - odd) >> 1));
}

// Correctly rounded: the f64 pair, rounded to odd in f64, then to f32.
CW_INLINE float rsqrt_rn(float x) {
  if (!(x > 0.0f && x < infinity<float>())) return rsqrt(x);
  int e;
  double m = normalize(static_cast<double>(x), e);
  bool odd = e & 1;
  Pair<double> y = inverse_root(odd ? m + m : m);
  uint64_t b = bits(y.hi);
  bool inexact = y.lo != 0.0;
  b = inexact && !(b & 1) ? (y.lo > 0.0 ? b + 1 : b - 1) : b;
  return static_cast<float>(from_bits<double>(b) * power_of_two<double>(-((e - odd) >> 1)));
}

}  // namespace cw

CW_MATH_1(cbrt, cw::cbrt(x))
CW_MATH_1(rcbrt, cw::rcbrt(x))
CW_MATH_1(rsqrt, cw::rsqrt(x))
CW_MATH("rsqrt.rn.f32", float, rsqrt_rn_f32, (float x)) { return cw::rsqrt_rn(x); }
