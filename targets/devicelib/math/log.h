// The logarithm in two accuracies: about 0.7 ulp, and double length for what builds on it.
#pragma once

#include "math/core.h"

namespace cw {

// x = (1 + f) * 2^k with sqrt(1/2) <= 1 + f < sqrt(2), for finite x > 0. f is exact.
template <class T>
CW_INLINE T split_log(T x, int& k) {
  T m = normalize_positive(x, k);
  bool high = m > sqrt_two<T>::c[0];
  k += high;
  return (high ? m * T(0.5) : m) - T(1);
}

// log(1 + f) - f on the interval of split_log.
template <class T>
CW_INLINE T log_rest(T f) {
  return f * f * fma(f, poly<log_poly>(f), T(-0.5));
}

// k*step + base*log(1 + f + f_lo): the logarithm to any base.
template <class T>
CW_INLINE T log_sum(int k, Pair<T> step, T f, T f_lo, Pair<T> base) {
  Pair<T> steps = two_product(T(k), step.hi);
  Pair<T> first = two_product(f, base.hi);
  Pair<T> sum = fast_two_sum(steps.hi, first.hi);
  T small = first.lo + fma(f, base.lo, (log_rest(f) + f_lo) * base.hi);
  return sum.hi + (sum.lo + (steps.lo + T(k) * step.lo) + small);
}

// What every logarithm gives outside (0, infinity): `inside` is returned there.
template <class T>
CW_INLINE T log_edges(T x, T inside) {
  T edge = x == T(0) ? -infinity<T>() : (x > T(0) ? x : nan<T>());
  return x > T(0) && x < infinity<T>() ? inside : edge;
}

template <class T>
CW_INLINE T log_base(T x, Pair<T> step, Pair<T> base) {
  int k;
  T f = split_log(x > T(0) && x < infinity<T>() ? x : T(1), k);
  return log_edges(x, log_sum(k, step, f, T(0), base));
}

// ln(2) in two parts, the first with so few bits that its product with an exponent is exact.
template <class T>
struct LogSteps;
template <>
struct LogSteps<float> {
  static constexpr float first = 0x1.62e4p-1f, rest = 0x1.7f7d1cp-20f;
};
template <>
struct LogSteps<double> {
  static constexpr double first = 0x1.62e42feep-1, rest = 0x1.a39ef35793c76p-33;
};

template <class T>
CW_INLINE T log(T x) {
  int k;
  T f = split_log(x > T(0) && x < infinity<T>() ? x : T(1), k), steps = T(k);
  Pair<T> sum = fast_two_sum(steps * LogSteps<T>::first, f);
  return log_edges(x, sum.hi + (sum.lo + fma(steps, LogSteps<T>::rest, log_rest(f))));
}

// log(x.hi + x.lo), finite and positive, relative error about 2^-64 (f64), 2^-35 (f32).
template <class T>
CW_INLINE Pair<T> log_pair(Pair<T> x) {
  int k;
  T f = split_log(x.hi, k);
  int half = -k >> 1;
  T f_lo = x.lo * power_of_two<T>(half) * power_of_two<T>(-k - half);
  Pair<T> n = two_sum(f, f_lo), d = two_sum(T(2), f);
  Pair<T> s = divide(n, fast_two_sum(d.hi, d.lo + f_lo));
  Pair<T> w = multiply(s, s);
  Pair<T> cubic = multiply(multiply(s, w), constant<two_thirds, T>());
  T tail = s.hi * w.hi * w.hi * poly<atanh_tail_poly>(w.hi);
  Pair<T> sum = add(Pair<T>{T(2) * s.hi, T(2) * s.lo}, fast_two_sum(cubic.hi, cubic.lo + tail));
  Pair<T> steps = two_product(T(k), ln2<T>::c[0]);
  steps.lo += T(k) * ln2<T>::c[1];
  return add(fast_two_sum(steps.hi, steps.lo), sum);
}

}  // namespace cw
