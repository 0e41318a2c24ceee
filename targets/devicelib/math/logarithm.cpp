// log, log2, log10, log1p.
#include "math/log.h"

namespace cw {

template <class T>
CW_INLINE T log1p(T x) {
  if (x == T(0)) return x;
  if (!(x > T(-1) && x < infinity<T>())) return x == T(-1) ? -infinity<T>() : (x > T(0) ? x : nan<T>());
  Pair<T> u = two_sum(T(1), x);
  int k;
  T f = split_log(u.hi, k);
  // u.lo matters only where 1/u.hi is not tiny, so a clamped exponent is enough.
  T lost = u.lo * power_of_two<T>(-k > -Format<T>::digits ? -k : -Format<T>::digits);
  return log_sum(k, constant<ln2, T>(), f, lost / (T(1) + f), Pair<T>{T(1), T(0)});
}

}  // namespace cw

CW_MATH_1(log, cw::log(x))
CW_MATH_1(log2, (cw::log_base(x, {1, 0}, cw::constant<cw::log2_e, decltype(x)>())))
CW_MATH_1(log10, (cw::log_base(x, cw::constant<cw::log10_2, decltype(x)>(), cw::constant<cw::log10_e, decltype(x)>())))
CW_MATH_1(log1p, cw::log1p(x))
