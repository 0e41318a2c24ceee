// tgamma and lgamma. f32 goes through f64: both are rare, and their conditioning asks for it.
#include "math/exp.h"
#include "math/log.h"
#include "math/trig.h"

namespace cw {

// (x - 0.5)*log(x) - x + log(2 pi)/2 + correction, x >= 8, as a pair.
static Pair<double> stirling(double x) {
  Pair<double> l = log_pair(Pair<double>{x, 0.0});
  Pair<double> main = add(multiply(Pair<double>{x - 0.5, 0.0}, l), Pair<double>{-x, 0.0});
  double inverse = 1.0 / x;
  double correction = inverse * poly<stirling_poly>(inverse * inverse);
  return add(main, add(constant<half_log_two_pi, double>(), Pair<double>{correction, 0.0}));
}

// gamma for 0 < x < 8: x is moved to [1.5, 2.5); the product of the steps is a pair.
static double gamma_small(double x) {
  Pair<double> up = {1.0, 0.0}, down = {1.0, 0.0};
  double t = x;
  for (; t >= 2.5; t -= 1.0) up = multiply(up, Pair<double>{t - 1.0, 0.0});
  double offset = t - 2.0;
  if (t < 1.5) {
    bool tiny = t < 0.5;
    offset = tiny ? t : t - 1.0;
    down = tiny ? multiply(Pair<double>{t, 0.0}, two_sum(1.0, t)) : Pair<double>{t, 0.0};
  }
  Pair<double> value = divide(multiply(up, Pair<double>{poly<gamma_poly>(offset), 0.0}), down);
  return value.hi + value.lo;
}

// gamma(x) * 2^-k for x >= 8.
CW_INLINE Pair<double> gamma_large(double x, int& k) {
  Pair<double> l = stirling(x);
  return exp_reduced(reduce_exp(l.hi, l.lo, k));
}

// -pi / (x * sin(pi x) * gamma(-x)) below 0.
CW_INLINE double gamma_negative(double x) {
  double a = -x;
  if (a > 200.0) return copysign(0.0, fma(-2.0, floor(a * 0.5), a) < 1.0 ? -1.0 : 1.0);
  double sine = sincospi(a).sin;
  if (a < 8.0) return -pi<double>::c[0] / (a * sine * gamma_small(a));
  int k;
  Pair<double> g = gamma_large(a, k);
  return scale(-pi<double>::c[0] / (a * sine * g.hi), -k);
}

static double tgamma(double x) {
  if (is_nan(x) || x == infinity<double>()) return x;
  if (x == 0.0) return copysign(infinity<double>(), x);
  if (x < 0.0 && (floor(x) == x)) return nan<double>();
  if (abs(x) < 1e-18) return 1.0 / x;
  if (x < 0.0) return gamma_negative(x);
  if (x < 8.0) return gamma_small(x);
  if (x > 172.0) return infinity<double>();
  int k;
  Pair<double> g = gamma_large(x, k);
  return scale(g.hi + g.lo, k);
}

static double log_value(Pair<double> x) {
  Pair<double> l = log_pair(x);
  return l.hi + l.lo;
}

static double lgamma_positive(double x) {
  if (x >= 1e17) return x * (log(x) - 1.0);
  if (x >= 8.0) {
    Pair<double> s = stirling(x);
    return s.hi + s.lo;
  }
  if (x < 0.5) {
    Pair<double> product = multiply(Pair<double>{x, 0.0}, fast_two_sum(1.0, x));
    return fma(x, poly<lgamma_poly>(x), -log_value(x < 1e-300 ? Pair<double>{x, 0.0} : product));
  }
  if (x < 1.5) {
    double t = x - 1.0;
    Pair<double> l = log_pair(Pair<double>{x, 0.0});
    Pair<double> first = two_product(t, poly<lgamma_poly>(t));
    Pair<double> sum = two_sum(first.hi, -l.hi);
    return sum.hi + (sum.lo + (first.lo - l.lo));
  }
  Pair<double> product = {1.0, 0.0};
  double t = x;
  for (; t >= 2.5; t -= 1.0) product = multiply(product, Pair<double>{t - 1.0, 0.0});
  return fma(t - 2.0, poly<lgamma_poly>(t - 2.0), x < 2.5 ? 0.0 : log_value(product));
}

// log(pi / |x sin(pi x)|) - lgamma(-x) below 0; poles give infinity.
static double lgamma(double x) {
  if (is_nan(x)) return x;
  if (!is_finite(x)) return infinity<double>();
  if (x > 0.0) return lgamma_positive(x);
  double a = -x;
  if (floor(a) == a) return infinity<double>();
  if (a < 1e-20) return -log(a);
  double sine = abs(sincospi(a).sin);
  double reflected = log_value(divide(constant<pi, double>(), two_product(a, sine)));
  return reflected - lgamma_positive(a);
}

}  // namespace cw

CW_MATH("tgamma.f32", float, tgamma_f32, (float x)) { return static_cast<float>(cw::tgamma(static_cast<double>(x))); }
CW_MATH("tgamma.f64", double, tgamma_f64, (double x)) { return cw::tgamma(x); }
CW_MATH("lgamma.f32", float, lgamma_f32, (float x)) { return static_cast<float>(cw::lgamma(static_cast<double>(x))); }
CW_MATH("lgamma.f64", double, lgamma_f64, (double x)) { return cw::lgamma(x); }
