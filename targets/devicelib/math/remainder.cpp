// fmod, remainder, remquo: exact long division of the significands, 11 (f64) or 40 (f32) quotient bits a step.
#include "math/core.h"

namespace cw {

// |x| = quotient * |y| + rest, 0 <= rest < |y|; x and y finite, y not 0. `quotient` modulo 2^32.
template <class T>
struct Division {
  T rest;
  uint32_t quotient;
};

template <class T>
CW_INLINE Division<T> long_division(T x, T y) {
  constexpr int digits = Format<T>::digits, step = 64 - digits;
  if (x < y) return {x, 0};
  int ex, ey;
  uint64_t mx = static_cast<uint64_t>(normalize(x, ex) * power_of_two<T>(digits - 1));
  uint64_t my = static_cast<uint64_t>(normalize(y, ey) * power_of_two<T>(digits - 1));
  uint32_t quotient = static_cast<uint32_t>(mx / my);
  uint64_t rest = mx % my;
  for (int left = ex - ey; left > 0; left -= step) {
    int shift = left < step ? left : step;
    uint64_t shifted = rest << shift;
    quotient = (shift < 32 ? quotient << shift : 0) + static_cast<uint32_t>(shifted / my);
    rest = shifted % my;
  }
  return {scale(T(rest), ey - (digits - 1)), quotient};
}

template <class T>
CW_INLINE bool has_no_remainder(T x, T y) {
  return is_nan(x) || is_nan(y) || !is_finite(x) || y == T(0);
}

template <class T>
CW_INLINE T fmod(T x, T y) {
  if (has_no_remainder(x, y)) return nan<T>();
  if (!is_finite(y)) return x;
  return copysign(long_division(abs(x), abs(y)).rest, x);
}

// The quotient rounded to nearest, ties to even.
template <class T>
CW_INLINE T remquo(T x, T y, int& quotient) {
  quotient = 0;
  if (has_no_remainder(x, y)) return nan<T>();
  if (x == T(0) || !is_finite(y)) return x;
  T a = abs(x), b = abs(y);
  Division<T> d = long_division(a, b);
  // 2*rest against b, without overflow and without losing a subnormal's bit.
  T other = b - d.rest;
  bool up = d.rest > other || (d.rest == other && (d.quotient & 1));
  uint32_t q = (d.quotient + up) & 0x7FFFFFFF;
  quotient = is_negative(x) != is_negative(y) ? -static_cast<int>(q) : static_cast<int>(q);
  T magnitude = up ? -other : d.rest;
  return magnitude == T(0) ? copysign(T(0), x) : (is_negative(x) ? -magnitude : magnitude);
}

template <class T>
CW_INLINE T remainder(T x, T y) {
  int quotient;
  return remquo(x, y, quotient);
}

}  // namespace cw

CW_MATH_2(fmod, cw::fmod(x, y))
CW_MATH_2(remainder, cw::remainder(x, y))
CW_MATH("remquo.f32", float, remquo_f32, (float x, float y, int* quotient)) { return cw::remquo(x, y, *quotient); }
CW_MATH("remquo.f64", double, remquo_f64, (double x, double y, int* quotient)) { return cw::remquo(x, y, *quotient); }
