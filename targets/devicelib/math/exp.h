// The exponential function, the core of many others.
#pragma once

#include "math/core.h"

namespace cw {

// e^(hi + lo) as (value.hi + value.lo) * 2^k, for |hi| <= 0.35 and small lo; value is about 2^-57 (f64) accurate.
template <class T>
CW_INLINE Pair<T> exp_reduced(Pair<T> r) {
  T rest = fma(r.hi * r.hi, poly<exp_poly>(r.hi), fma(r.hi, r.lo, r.lo));
  Pair<T> sum = fast_two_sum(T(1), r.hi);
  Pair<T> all = fast_two_sum(sum.hi, rest);
  return fast_two_sum(all.hi, all.lo + sum.lo);
}

// Splits x + lo in k*ln(2) + r. The first fma is exact because its result cancels; |x| is at most a few thousand.
template <class T>
CW_INLINE Pair<T> reduce_exp(T x, T lo, int& k) {
  T n = rint(x * log2_e<T>::c[0]);
  k = static_cast<int>(n);
  Pair<T> r = two_sum(fma(-n, ln2<T>::c[0], x), -n * ln2<T>::c[1]);
  return two_sum(r.hi, r.lo + lo);
}

// Beyond these arguments e^x overflows, underflows to zero even when squared in between.
template <class T>
CW_INLINE T exp_limit() {
  return sizeof(T) == 4 ? T(130) : T(800);
}

template <class T>
CW_INLINE T exp_of(T x, T lo) {
  T bounded = clamp(x, -exp_limit<T>(), exp_limit<T>());
  int k;
  Pair<T> r = reduce_exp(bounded, bounded == x ? lo : T(0), k);
  Pair<T> value = exp_reduced(r);
  return is_nan(x) ? x : scale(value.hi + value.lo, k);
}

template <class T>
CW_INLINE T exp(T x) {
  return exp_of(x, T(0));
}

}  // namespace cw
