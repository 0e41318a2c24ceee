// exp, exp2, exp10, expm1.
#include "math/exp.h"

namespace cw {

// 2^x: the reduction is exact, r*ln(2) is a pair.
template <class T>
CW_INLINE T exp2(T x) {
  constexpr T limit = sizeof(T) == 4 ? T(200) : T(1200);
  T bounded = clamp(x, -limit, limit);
  T n = rint(bounded);
  T r = bounded - n;
  Pair<T> scaled = two_product(r, ln2<T>::c[0]);
  scaled.lo = fma(r, ln2<T>::c[1], scaled.lo);
  Pair<T> value = exp_reduced(scaled);
  return is_nan(x) ? x : scale(value.hi + value.lo, static_cast<int>(n));
}

template <class T>
CW_INLINE T exp10(T x) {
  constexpr T limit = sizeof(T) == 4 ? T(60) : T(360);
  T bounded = clamp(x, -limit, limit);
  T n = rint(bounded * log2_10<T>::c[0]);
  Pair<T> r = two_sum(fma(-n, log10_2<T>::c[0], bounded), -n * log10_2<T>::c[1]);
  Pair<T> value = exp_reduced(multiply(r, constant<ln10, T>()));
  return is_nan(x) ? x : scale(value.hi + value.lo, static_cast<int>(n));
}

// (2^k - 1) + 2^k*(e^r - 1), each sum kept in double length.
template <class T>
CW_INLINE T expm1(T x) {
  if (is_nan(x) || x == T(0)) return x;
  if (x > exp_limit<T>()) return infinity<T>();
  // Below, the result rounds to -1.
  T bounded = x > T(-60) ? x : T(-60);
  int k;
  Pair<T> r = reduce_exp(bounded, T(0), k);
  T rest = fma(r.hi * r.hi, poly<exp_poly>(r.hi), r.lo);
  Pair<T> p = fast_two_sum(r.hi, rest);
  if (k > Format<T>::digits + 2) return scale(T(1) + (p.hi + p.lo), k);
  T unit = power_of_two<T>(k);
  Pair<T> sum = two_sum(unit - T(1), unit * p.hi);
  return sum.hi + (sum.lo + unit * p.lo);
}

}  // namespace cw

CW_MATH_1(exp, cw::exp(x))
CW_MATH_1(exp2, cw::exp2(x))
CW_MATH_1(exp10, cw::exp10(x))
CW_MATH_1(expm1, cw::expm1(x))
