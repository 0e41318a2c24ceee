// erfcx(x) = exp(x*x)*erfc(x), from which the error functions' tails follow.
#pragma once

#include "math/exp.h"

namespace cw {

// 0.5 <= x <= 4096.
template <class T>
CW_INLINE T erfcx_moderate(T x) {
  T t = (x - T(4)) / (x + T(4));
  return poly<erfcx_poly>(t) / fma(T(2), x, T(1));
}

// x >= 0.5; for x -> infinity it approaches 1/(x*sqrt(pi)).
template <class T>
CW_INLINE T erfcx_tail(T x) {
  constexpr T huge = sizeof(T) == 4 ? T(1 << 12) : T(1 << 13);
  if (x > huge) {
    T inverse = T(1) / x;
    return inv_sqrt_pi<T>::c[0] * inverse * fma(T(-0.5) * inverse, inverse, T(1));
  }
  return erfcx_moderate(x);
}

// exp(-x*x), the square in double length.
template <class T>
CW_INLINE T exp_minus_square(T x) {
  Pair<T> square = two_product(x, x);
  return exp_of(-square.hi, -square.lo);
}

// erf on [-1, 1].
template <class T>
CW_INLINE T erf_center(T x) {
  T z = x * x;
  T first = x * two_over_sqrt_pi<T>::c[0];
  T lost = fma(x, two_over_sqrt_pi<T>::c[0], -first);
  return first + fma(x, fma(z, poly<erf_poly>(z), two_over_sqrt_pi<T>::c[1]), lost);
}

}  // namespace cw
