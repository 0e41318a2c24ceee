// pow: e^(y*log|x|), logarithm and product in double length; C99's special cases.
#include "math/exp.h"
#include "math/log.h"

namespace cw {

template <class T>
CW_INLINE bool is_integer(T y) {
  return trunc(y) == y;
}
template <class T>
CW_INLINE bool is_odd_integer(T y) {
  T half = y * T(0.5);
  return is_integer(y) && is_finite(y) && trunc(half) != half;
}

template <class T>
CW_INLINE T pow_positive(T x, T y) {
  Pair<T> logarithm = log_pair(Pair<T>{x, T(0)});
  Pair<T> product = two_product(y, logarithm.hi);
  return exp_of(product.hi, fma(y, logarithm.lo, product.lo));
}

// |x| or y is 0 or infinite.
template <class T>
CW_INLINE T pow_edge(T a, T y) {
  if (!is_finite(y)) return a == T(1) ? T(1) : ((a > T(1)) == (y > T(0)) ? infinity<T>() : T(0));
  return (a == T(0)) == (y > T(0)) ? T(0) : infinity<T>();
}

template <class T>
CW_INLINE T pow(T x, T y) {
  if (y == T(0) || x == T(1)) return T(1);
  if (is_nan(x) || is_nan(y)) return x + y;
  T a = abs(x);
  bool edge = a == T(0) || !is_finite(a) || !is_finite(y);
  T magnitude = edge ? pow_edge(a, y) : pow_positive(a, y);
  if (!is_negative(x)) return magnitude;
  if (x < T(0) && is_finite(x) && !is_integer(y)) return nan<T>();
  return is_odd_integer(y) ? -magnitude : magnitude;
}

}  // namespace cw

CW_MATH_2(pow, cw::pow(x, y))
