// sinh, cosh, tanh and their inverses.
#include "math/exp.h"
#include "math/log.h"

namespace cw {

// e^a / 2 and e^-a / 2 as pairs, scaled by 2^-k each way; a >= 0.
template <class T>
struct HalfExp {
  Pair<T> up, down;
  int k;
};
template <class T>
CW_INLINE HalfExp<T> half_exp(T a) {
  int k;
  Pair<T> r = reduce_exp(a < exp_limit<T>() ? a : exp_limit<T>(), T(0), k);
  Pair<T> up = exp_reduced(r);
  Pair<T> down = divide(Pair<T>{T(0.5), T(0)}, up);
  // e^-a is below half an ulp of e^a when k exceeds the digits: any tiny factor will do.
  int shift = k < Format<T>::digits + 4 ? k : Format<T>::digits + 4;
  T unit = power_of_two<T>(-2 * shift);
  return {{up.hi * T(0.5), up.lo * T(0.5)}, {down.hi * unit, down.lo * unit}, k};
}

template <class T>
CW_INLINE T sinh(T x) {
  T a = abs(x);
  if (is_nan(x)) return x;
  T z = a * a;
  if (a < T(1)) return fma(x * z, poly<sinh_poly>(z), x);
  HalfExp<T> e = half_exp(a);
  Pair<T> sum = add(e.up, Pair<T>{-e.down.hi, -e.down.lo});
  return copysign(scale(sum.hi + sum.lo, e.k), x);
}

template <class T>
CW_INLINE T cosh(T x) {
  if (is_nan(x)) return x;
  HalfExp<T> e = half_exp(abs(x));
  Pair<T> sum = add(e.up, e.down);
  return scale(sum.hi + sum.lo, e.k);
}

// 1 - 2/(e^2x + 1) above 0.6.
template <class T>
CW_INLINE T tanh(T x) {
  T a = abs(x), z = a * a;
  if (!(a >= T(0.6f))) return copysign(fma(x * z, poly<tanh_poly>(z), x), x);
  int k;
  if constexpr (sizeof(T) == 4) {
    // One precision is enough: the quotient, where all errors are, is at most 0.47, the result at least 0.53.
    T value = exp_parts(a < T(22) ? a + a : T(44), k);
    return copysign(T(1) - T(2) / fma(value, power_of_two<T>(k), T(1)), x);
  }
  Pair<T> r = reduce_exp(a < T(22) ? a + a : T(44), T(0), k);
  Pair<T> e = exp_reduced(r);
  T unit = power_of_two<T>(k);
  Pair<T> quotient = divide(Pair<T>{T(2), T(0)}, add(Pair<T>{e.hi * unit, e.lo * unit}, Pair<T>{T(1), T(0)}));
  Pair<T> result = two_sum(T(1), -quotient.hi);
  return copysign(result.hi + (result.lo - quotient.lo), x);
}

// log(a + sqrt(a*a + sign)), a >= 0.5; for huge a it is log(2a).
template <class T>
CW_INLINE T log_of_sum(T a, T sign) {
  constexpr T huge = sizeof(T) == 4 ? T(1 << 14) : T(1 << 28);
  if (a > huge) {
    Pair<T> l = add(log_pair(Pair<T>{a, T(0)}), constant<ln2, T>());
    return l.hi + l.lo;
  }
  Pair<T> square = two_product(a, a);
  Pair<T> r = root(add(square, Pair<T>{sign, T(0)}));
  Pair<T> l = log_pair(add(r, Pair<T>{a, T(0)}));
  return l.hi + l.lo;
}

template <class T>
CW_INLINE T asinh(T x) {
  T a = abs(x);
  if (!is_finite(x)) return x;
  T z = a * a;
  if (a < T(0.5)) return copysign(fma(x * z, poly<asinh_poly>(z), x), x);
  return copysign(log_of_sum(a, T(1)), x);
}

template <class T>
CW_INLINE T acosh(T x) {
  if (!(x >= T(1))) return is_nan(x) ? x : nan<T>();
  if (!is_finite(x)) return x;
  T t = x - T(1);
  if (t >= T(0.5)) return log_of_sum(x, T(-1));
  T s = sqrt(t + t);
  T lost = s > T(0) ? fma(-s, s, t + t) / (s + s) : T(0);
  return s + fma(s * t, poly<acosh_poly>(t), lost);
}

template <class T>
CW_INLINE T atanh(T x) {
  T a = abs(x);
  if (!(a < T(1))) return a == T(1) ? copysign(infinity<T>(), x) : nan<T>();
  T z = a * a;
  if (a < T(0.5)) return fma(x * z, poly<atanh_poly>(z), x);
  Pair<T> l = log_pair(divide(fast_two_sum(T(1), a), Pair<T>{T(1) - a, T(0)}));
  return copysign(T(0.5) * (l.hi + l.lo), x);
}

}  // namespace cw

CW_MATH_1(sinh, cw::sinh(x))
CW_MATH_1(cosh, cw::cosh(x))
CW_MATH_1(tanh, cw::tanh(x))
CW_MATH_1(asinh, cw::asinh(x))
CW_MATH_1(acosh, cw::acosh(x))
CW_MATH_1(atanh, cw::atanh(x))
