// erfinv, erfcinv, normcdfinv: a polynomial in x*x near 0, in sqrt(-log(q)) for the tails.
#include "math/log.h"

namespace cw {

// erfinv on [-0.5, 0.5].
template <class T>
CW_INLINE T erfinv_center(T x) {
  T z = x * x;
  T first = x * half_sqrt_pi<T>::c[0];
  T lost = fma(x, half_sqrt_pi<T>::c[0], -first);
  return first + fma(x, fma(z, poly<erfinv_poly>(z), half_sqrt_pi<T>::c[1]), lost);
}

template <template <class> class P, class T>
CW_INLINE T poly_of_pair(Pair<T> u) {
  return horner((u.hi - P<T>::center) + u.lo, P<T>::c);
}

// erfcinv on (0, 0.5]; the argument of the polynomial is a pair because its rounding would show in the result.
template <class T>
CW_INLINE T erfcinv_tail(T q) {
  Pair<T> l = log_pair(Pair<T>{q, T(0)});
  Pair<T> u = root(Pair<T>{-l.hi, -l.lo});
  if (u.hi < T(2)) return poly_of_pair<erfcinv_poly_1>(u);
  if (u.hi < T(5)) return poly_of_pair<erfcinv_poly_2>(u);
  if constexpr (sizeof(T) == 8) {
    if (u.hi >= T(12)) return poly_of_pair<erfcinv_poly_4>(u);
  }
  return poly_of_pair<erfcinv_poly_3>(u);
}

template <class T>
CW_INLINE T erfinv(T x) {
  T a = abs(x);
  if (!(a < T(1))) return a == T(1) ? copysign(infinity<T>(), x) : nan<T>();
  return a <= T(0.5) ? (x == T(0) ? x : erfinv_center(x)) : copysign(erfcinv_tail(T(1) - a), x);
}

template <class T>
CW_INLINE T erfcinv(T q) {
  if (!(q > T(0) && q < T(2))) return q == T(0) ? infinity<T>() : (q == T(2) ? -infinity<T>() : nan<T>());
  if (q >= T(0.5) && q <= T(1.5)) return erfinv_center(T(1) - q);
  return q < T(1) ? erfcinv_tail(q) : -erfcinv_tail(T(2) - q);
}

// -sqrt(2) * erfcinv(2p); +0 at 0.5.
template <class T>
CW_INLINE T normcdfinv(T p) {
  T y = erfcinv(p + p);
  T result = fma(-y, sqrt_two<T>::c[0], -y * sqrt_two<T>::c[1]);
  return is_finite(y) ? result + T(0) : -y;
}

}  // namespace cw

CW_MATH_1(erfinv, cw::erfinv(x))
CW_MATH_1(erfcinv, cw::erfcinv(x))
CW_MATH_1(normcdfinv, cw::normcdfinv(x))
