// Bessel functions j0 j1 jn y0 y1 yn and the modified i0 i1. f32 goes through f64.
//
// Up to 8 each function is a polynomial times (x - zero) around each of its zeros, so that the relative error stays small;
// beyond 8 it is Hankel's asymptotic form, whose error is absolute.
#include "math/exp.h"
#include "math/log.h"
#include "math/trig.h"

namespace cw {

template <template <class> class P, template <class> class Zero>
CW_INLINE double near_zero_of(double x) {
  return ((x - Zero<double>::c[0]) - Zero<double>::c[1]) * poly<P>(x);
}

struct Wave {
  double j, y;
};

// sqrt(2/(pi x)) * (P cos t - Q sin t), t = x - (2*order + 1)*pi/4, and the same with sine; x >= 8 and finite.
template <int order>
static Wave hankel(double x) {
  double inverse = 1.0 / x, w = inverse * inverse;
  double p = order ? poly<hankel_p1_poly>(w) : poly<hankel_p0_poly>(w);
  double q = inverse * (order ? poly<hankel_q1_poly>(w) : poly<hankel_q0_poly>(w));
  SinCos<double> sc = sincos(x);
  // sqrt(2) * cos(t) and sqrt(2) * sin(t).
  double c = order ? sc.sin - sc.cos : sc.sin + sc.cos, s = order ? -(sc.sin + sc.cos) : sc.sin - sc.cos;
  double amplitude = inv_sqrt_pi<double>::c[0] * sqrt(inverse);
  return {amplitude * (p * c - q * s), amplitude * (p * s + q * c)};
}

static double j0(double x) {
  double a = abs(x);
  if (is_nan(x)) return x;
  if (a < 1.0) return fma(a * a, poly<j0_poly_0>(a * a), 1.0);
  if (a < 4.0) return near_zero_of<j0_poly_1, zero_j0_1>(a);
  if (a < 8.0) return near_zero_of<j0_poly_2, zero_j0_2>(a);
  return is_finite(a) ? hankel<0>(a).j : 0.0;
}

static double j1(double x) {
  double a = abs(x);
  if (is_nan(x)) return x;
  if (a < 2.0) return x * poly<j1_poly_0>(a * a);
  double value = 0.0;
  if (a < 5.5) {
    value = near_zero_of<j1_poly_1, zero_j1_1>(a);
  } else if (a < 8.0) {
    value = near_zero_of<j1_poly_2, zero_j1_2>(a);
  } else if (is_finite(a)) {
    value = hankel<1>(a).j;
  }
  return is_negative(x) ? -value : value;
}

// What y0, y1 and yn give outside (0, infinity).
CW_INLINE double y_edge(double x) { return is_nan(x) ? x : (x == 0.0 ? -infinity<double>() : (x > 0.0 ? 0.0 : nan<double>())); }

static double y0(double x) {
  if (!(x > 0.0 && is_finite(x))) return y_edge(x);
  if (x < 0.5) return fma(two_over_pi<double>::c[0] * log(x), j0(x), poly<y0_poly_0>(x * x));
  if (x < 2.0) return near_zero_of<y0_poly_1, zero_y0_1>(x);
  if (x < 5.5) return near_zero_of<y0_poly_2, zero_y0_2>(x);
  if (x < 8.0) return near_zero_of<y0_poly_3, zero_y0_3>(x);
  return hankel<0>(x).y;
}

static double y1(double x) {
  if (!(x > 0.0 && is_finite(x))) return y_edge(x);
  if (x < 1.0) return fma(two_over_pi<double>::c[0], fma(log(x), j1(x), -1.0 / x), x * poly<y1_poly_0>(x * x));
  if (x < 3.75) return near_zero_of<y1_poly_1, zero_y1_1>(x);
  if (x < 8.0) return near_zero_of<y1_poly_2, zero_y1_2>(x);
  return hankel<1>(x).y;
}

// Miller's recurrence downwards from an order where J is negligible, scaled by J0 + 2*(J2 + J4 + ...) = 1.
CW_INLINE double jn_backward(int n, double x) {
  int start = 2 * ((n + static_cast<int>(sqrt(60.0 * n)) + 20) / 2);
  double above = 0.0, here = 1e-300, wanted = 0.0, sum = 0.0;
  double twice_inverse = 2.0 / x;
  for (int m = start; m > 0; --m) {
    double below = fma(m * twice_inverse, here, -above);
    above = here;
    here = below;
    if (abs(here) > 1e200) {
      here *= 1e-200;
      above *= 1e-200;
      wanted *= 1e-200;
      sum *= 1e-200;
    }
    if (m - 1 == n) wanted = here;
    if (!((m - 1) & 1)) sum += here;
  }
  return wanted / (sum + sum - here);
}

CW_INLINE double jn(int n, double x) {
  if (n < 0) return nan<double>();
  if (n == 0) return j0(x);
  if (n == 1) return j1(x);
  if (is_nan(x)) return x;
  double a = abs(x), value = 0.0;
  if (a > n && is_finite(a)) {
    double before = j0(a), here = j1(a);
    for (int m = 1; m < n; ++m) {
      double next = fma(2.0 * m / a, here, -before);
      before = here;
      here = next;
    }
    value = here;
  } else if (a > 1e-140 && is_finite(a)) {
    value = jn_backward(n, a);
  }
  return is_negative(x) && (n & 1) ? -value : value;
}

CW_INLINE double yn(int n, double x) {
  if (n < 0) return nan<double>();
  if (n == 0) return y0(x);
  if (n == 1) return y1(x);
  if (!(x > 0.0 && is_finite(x))) return y_edge(x);
  double before = y0(x), here = y1(x);
  for (int m = 1; m < n && here > -infinity<double>(); ++m) {
    double next = fma(2.0 * m / x, here, -before);
    before = here;
    here = next;
  }
  return here;
}

// e^a / sqrt(a) * tail, the exponential in two halves so that it overflows only with the result.
CW_INLINE double grow(double a, double tail) {
  double half = exp_of(0.5 * a, 0.0);
  return half * (tail / sqrt(a)) * half;
}

CW_INLINE double i0(double x) {
  double a = abs(x);
  if (a < 8.0) return poly<i0_poly>(a * a);
  return is_finite(a) ? grow(a, poly<i0_tail_poly>(1.0 / a)) : a;
}

CW_INLINE double i1(double x) {
  double a = abs(x);
  if (a < 8.0) return x * poly<i1_poly>(a * a);
  return is_finite(a) ? copysign(grow(a, poly<i1_tail_poly>(1.0 / a)), x) : x;
}

}  // namespace cw

#define CW_THROUGH_F64(label, name, function)                                                                              \
  CW_MATH(label ".f32", float, name##_f32, (float x)) { return static_cast<float>(cw::function(static_cast<double>(x))); } \
  CW_MATH(label ".f64", double, name##_f64, (double x)) { return cw::function(x); }
CW_THROUGH_F64("j0", j0, j0)
CW_THROUGH_F64("j1", j1, j1)
CW_THROUGH_F64("y0", y0, y0)
CW_THROUGH_F64("y1", y1, y1)
CW_THROUGH_F64("cyl_bessel_i0", cyl_bessel_i0, i0)
CW_THROUGH_F64("cyl_bessel_i1", cyl_bessel_i1, i1)

CW_MATH("jn.f32", float, jn_f32, (int n, float x)) { return static_cast<float>(cw::jn(n, static_cast<double>(x))); }
CW_MATH("jn.f64", double, jn_f64, (int n, double x)) { return cw::jn(n, x); }
CW_MATH("yn.f32", float, yn_f32, (int n, float x)) { return static_cast<float>(cw::yn(n, static_cast<double>(x))); }
CW_MATH("yn.f64", double, yn_f64, (int n, double x)) { return cw::yn(n, x); }
