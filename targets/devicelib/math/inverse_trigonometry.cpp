// asin, acos, atan, atan2.
#include "math/core.h"

namespace cw {

// atan on [0, 1]; pi/4 is exact because programs compute pi that way.
template <class T>
CW_INLINE T atan_unit(T x) {
  T z = x * x;
  return x == T(1) ? T(0.5) * half_pi<T>::c[0] : fma(x * z, poly<atan_poly>(z), x);
}

template <class T>
CW_INLINE T atan(T x) {
  T a = abs(x);
  bool large = a > T(1);
  T inner = atan_unit(large ? T(1) / a : a);
  T result = large ? half_pi<T>::c[0] - (inner - half_pi<T>::c[1]) : inner;
  return copysign(is_nan(x) ? x : result, x);
}

// Angle of the point (x, y), both finite and not both zero.
template <class T>
CW_INLINE T angle(T y, T x) {
  T ay = abs(y), ax = abs(x);
  T large = ay > ax ? ay : ax, small = ay > ax ? ax : ay;
  T inner = atan_unit(small / large);
  bool left = is_negative(x);
  if (ay > ax) return half_pi<T>::c[0] + ((left ? inner : -inner) + half_pi<T>::c[1]);
  return left ? pi<T>::c[0] - (inner - pi<T>::c[1]) : inner;
}

template <class T>
CW_INLINE T atan2(T y, T x) {
  if (is_nan(x) || is_nan(y)) return x + y;
  if (y == T(0)) return copysign(is_negative(x) ? pi<T>::c[0] : T(0), y);
  bool both_infinite = !is_finite(x) && !is_finite(y);
  T px = both_infinite ? copysign(T(1), x) : x, py = both_infinite ? T(1) : y;
  return copysign(angle(py, px), y);
}

// x + x*z*P(z) is asin on [0, 0.5]; above, asin x = pi/2 - 2 asin(sqrt((1 - x)/2)), where 1 - x is exact.
template <class T>
struct AsinParts {
  Pair<T> root;  // the argument of the polynomial
  T rest;        // asin(root) - root.hi
};
template <class T>
CW_INLINE AsinParts<T> asin_parts(T a) {
  bool large = a > T(0.5);
  T z = large ? fma(T(-0.5), a, T(0.5)) : a * a;
  T s = large ? sqrt(z) : a;
  T lost = large && s > T(0) ? fma(-s, s, z) / (s + s) : T(0);
  return {{s, lost}, fma(s * z, poly<asin_poly>(z), lost)};
}

template <class T>
CW_INLINE T asin(T x) {
  T a = abs(x);
  if (!(a <= T(1))) return is_nan(x) ? x : nan<T>();
  AsinParts<T> parts = asin_parts(a);
  Pair<T> difference = two_sum(half_pi<T>::c[0], T(-2) * parts.root.hi);
  T large = difference.hi + (difference.lo + (half_pi<T>::c[1] - T(2) * parts.rest));
  return copysign(a > T(0.5) ? large : parts.root.hi + parts.rest, x);
}

template <class T>
CW_INLINE T acos(T x) {
  T a = abs(x);
  if (!(a <= T(1))) return is_nan(x) ? x : nan<T>();
  AsinParts<T> parts = asin_parts(a);
  if (a <= T(0.5)) {
    Pair<T> difference = two_sum(half_pi<T>::c[0], -x);
    return difference.hi + (difference.lo + (half_pi<T>::c[1] - (is_negative(x) ? -parts.rest : parts.rest)));
  }
  if (x > T(0)) return T(2) * (parts.root.hi + parts.rest);
  Pair<T> difference = two_sum(pi<T>::c[0], T(-2) * parts.root.hi);
  return difference.hi + (difference.lo + (pi<T>::c[1] - T(2) * parts.rest));
}

}  // namespace cw

CW_MATH_1(asin, cw::asin(x))
CW_MATH_1(acos, cw::acos(x))
CW_MATH_1(atan, cw::atan(x))
CW_MATH_2(atan2, cw::atan2(x, y))
