// cbrt, rcbrt, rsqrt: an estimate from the bit pattern, Newton's steps, and a last step with an exact residual.
#include "math/core.h"

namespace cw {

// x = m * 2^(3q), 1 <= m < 8.
template <class T>
CW_INLINE T split_cube(T x, int& q) {
  int e;
  T m = normalize(x, e);
  // Floor of e/3: the exponent is made positive first.
  int shifted = (e + 1200) / 3;
  q = shifted - 400;
  return m * power_of_two<T>(e - 3 * q);
}

// m^(-1/3) for 1 <= m < 8, to nearly all bits. Each step multiplies the relative error e by about 14/9 e^2.
template <class T>
CW_INLINE T inverse_cube_root(T m) {
  // Within 4 %: the quadratic through m = 1, 8 and about 3.2.
  T y = fma(fma(T(0.0142f), m, T(-0.199f)), m, T(1.18f));
  constexpr int steps = sizeof(T) == 4 ? 3 : 4;
#pragma clang loop unroll(full)
  for (int i = 0; i < steps; ++i) {
    T error = fma(-m * y, y * y, T(1));
    y = fma(y * error, fma(error, T(2.0 / 9), T(1.0 / 3)), y);
  }
  return y;
}

template <class T>
CW_INLINE T cbrt(T x) {
  T a = abs(x);
  if (!(a > T(0) && a < infinity<T>())) return x;
  int q;
  T m = split_cube(a, q);
  T y = inverse_cube_root(m);
  T r = m * y * y;
  // One Newton step on r^3 = m with r*r and r*r*r - m in double length.
  Pair<T> square = two_product(r, r);
  Pair<T> cube = two_product(square.hi, r);
  T residual = (m - cube.hi) - fma(square.lo, r, cube.lo);
  return copysign(fma(residual * T(1.0 / 3), y * y, r) * power_of_two<T>(q), x);
}

template <class T>
CW_INLINE T rcbrt(T x) {
  T a = abs(x);
  if (!(a > T(0) && a < infinity<T>())) return is_nan(x) ? x : copysign(a == T(0) ? infinity<T>() : T(0), x);
  int q;
  T m = split_cube(a, q);
  T y = inverse_cube_root(m);
  Pair<T> square = two_product(y, y);
  Pair<T> cube = two_product(square.hi, y);
  Pair<T> product = two_product(m, cube.hi);
  T residual = (T(1) - product.hi) - fma(m, fma(square.lo, y, cube.lo), product.lo);
  return copysign(fma(residual * T(1.0 / 3), y, y) * power_of_two<T>(-q), x);
}

// 1/sqrt(x) as a pair for x in [1, 4).
template <class T>
CW_INLINE Pair<T> inverse_root(T m) {
  T y = T(1) / sqrt(m);
  Pair<T> square = two_product(y, y);
  Pair<T> product = two_product(m, square.hi);
  T residual = (T(1) - product.hi) - fma(m, square.lo, product.lo);
  return {y, T(0.5) * residual * y};
}

template <class T>
CW_INLINE T rsqrt(T x) {
  if (!(x > T(0) && x < infinity<T>())) {
    if (x == T(0)) return copysign(infinity<T>(), x);
    return x > T(0) ? T(0) : (is_nan(x) ? x : nan<T>());
  }
  int e;
  T m = normalize(x, e);
  bool odd = e & 1;
  Pair<T> y = inverse_root(odd ? m + m : m);
  return (y.hi + y.lo) * power_of_two<T>(-((e - odd) >> 1));
}

// 1/sqrt(x), correctly rounded, from an estimate within 1 ulp: a cubic step with the residual 1 - x*y*y in nearly double length.
// The result does not depend on the estimate, so targets may take their own; tests/devicelib/test_reciprocal_root.py tries all of
// them.
CW_INLINE float refine_inverse_root(float x, float y) {
  float root = x * y, lost = fma(x, y, -root);
  float residual = fma(-lost, y, fma(-root, y, 1.0f));
  return fma(y * residual, fma(residual, 0.375f, 0.5f), y);
}

#ifdef __AMDGCN__
constexpr int kPositiveSubnormal = 0x80, kPositiveNormal = 0x100;  // of V_CMP_CLASS_F32
#endif

CW_INLINE float rsqrt(float x) {
#ifdef __AMDGCN__
  // V_RSQ_F32 takes subnormal numbers for zeros; it has the special values right.
  bool tiny = x < power_of_two<float>(-126);
  float scaled = tiny ? x * power_of_two<float>(24) : x, y = __builtin_amdgcn_rsqf(scaled);
  float refined = refine_inverse_root(scaled, y);
  refined = tiny ? refined * power_of_two<float>(12) : refined;
  return __builtin_amdgcn_classf(x, kPositiveSubnormal | kPositiveNormal) ? refined : y;
#else
  bool inside = x > 0.0f && x < infinity<float>();
  int e;
  float m = normalize(inside ? x : 1.0f, e);
  bool odd = e & 1;
  m = odd ? m + m : m;
  float refined = refine_inverse_root(m, 1.0f / sqrt(m)) * power_of_two<float>(-((e - odd) >> 1));
  float edge = x == 0.0f ? copysign(infinity<float>(), x) : (x > 0.0f ? 0.0f : (is_nan(x) ? x : nan<float>()));
  return inside ? refined : edge;
#endif
}

}  // namespace cw

CW_MATH_1(cbrt, cw::cbrt(x))
CW_MATH_1(rcbrt, cw::rcbrt(x))
CW_MATH_1(rsqrt, cw::rsqrt(x))
CW_MATH("rsqrt.rn.f32", float, rsqrt_rn_f32, (float x)) { return cw::rsqrt(x); }
