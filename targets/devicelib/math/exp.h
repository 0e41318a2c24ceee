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

// e^(x + lo), about 0.7 ulp, for |x| up to exp_limit; lo is at most an ulp of x.
template <class T>
CW_INLINE T exp_inside(T x, T lo) {
  T n = rint(x * log2_e<T>::c[0]);
  // Where the first part is the smaller one, what fast_two_sum loses is far below an ulp of 1.
  Pair<T> r = fast_two_sum(fma(-n, ln2<T>::c[0], x), fma(-n, ln2<T>::c[1], lo));
  T rest = fma(r.hi * r.hi, poly<exp_poly>(r.hi), fma(r.hi, r.lo, r.lo));
  Pair<T> sum = fast_two_sum(T(1), r.hi);
  return scale(sum.hi + (sum.lo + rest), static_cast<int>(n));
}

template <class T>
CW_INLINE T exp_of(T x, T lo) {
  T bounded = clamp(x, -exp_limit<T>(), exp_limit<T>());
  T result = exp_inside(bounded, bounded == x ? lo : T(0));
  return is_nan(x) ? x : result;
}

// e^x = value * 2^k for |x| of at most a few thousand; about 1 ulp.
template <class T>
CW_INLINE T exp_parts(T x, int& k) {
  T n = rint(x * log2_e<T>::c[0]);
  k = static_cast<int>(n);
  T r = fma(-n, ln2<T>::c[1], fma(-n, ln2<T>::c[0], x));
  return T(1) + fma(r * r, poly<exp_poly>(r), r);
}

template <class T>
CW_INLINE T exp(T x) {
  int k;
  T value = exp_parts(clamp(x, -exp_limit<T>(), exp_limit<T>()), k);
  return is_nan(x) ? x : scale(value, k);
}

}  // namespace cw
