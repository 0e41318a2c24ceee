// erf, erfc, erfcx, normcdf.
#include "math/erf.h"

namespace cw {

template <class T>
CW_INLINE T erf(T x) {
  T a = abs(x);
  if (!(a >= T(1))) return is_nan(x) ? x : (x == T(0) ? x : erf_center(x));
  return copysign(T(1) - exp_minus_square(a) * erfcx_tail(a), x);
}

template <class T>
CW_INLINE T erfc(T x) {
  T a = abs(x);
  if (!(a >= T(0.5))) return T(1) - erf_center(x);
  // From here on the tail is below half of the smallest number.
  if (a > (sizeof(T) == 4 ? T(11) : T(28))) return x > T(0) ? T(0) : T(2);
  Pair<T> square = two_product(a, a);
  T tail = exp_inside(-square.hi, -square.lo) * erfcx_moderate(a);
  return x > T(0) ? tail : T(2) - tail;
}

template <class T>
CW_INLINE T erfcx(T x) {
  if (is_nan(x)) return x;
  if (x >= T(0.5)) return erfcx_tail(x);
  Pair<T> square = two_product(x, x);
  T grown = x > T(-40) ? exp_of(square.hi, square.lo) : infinity<T>();
  if (x > T(-0.5)) return grown * (T(1) - erf_center(x));
  return x > T(-40) ? fma(T(2), grown, -erfcx_tail(-x)) : grown;
}

// Half of erfc(-x/sqrt(2)); exp(-x*x/2) is taken from x itself, not from the rounded quotient.
template <class T>
CW_INLINE T normcdf(T x) {
  if (is_nan(x)) return x;
  T a = abs(x);
  if (a > T(40)) return x > T(0) ? T(1) : T(0);
  T y = a * sqrt_half<T>::c[0];
  if (y < T(0.5)) return fma(T(0.5), erf_center(copysign(y, x)), T(0.5));
  Pair<T> square = two_product(a, a);
  T tail = T(0.5) * exp_of(T(-0.5) * square.hi, T(-0.5) * square.lo) * erfcx_tail(y);
  return x > T(0) ? T(1) - tail : tail;
}

}  // namespace cw

CW_MATH_1(erf, cw::erf(x))
CW_MATH_1(erfc, cw::erfc(x))
CW_MATH_1(erfcx, cw::erfcx(x))
CW_MATH_1(normcdf, cw::normcdf(x))
