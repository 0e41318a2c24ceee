// The portable versions of the `__sinf` family, f32 only, cheaper than the accurate functions where that is possible.
//
// All are weak: a target's device library may define the same name with its hardware's instruction.
#include "math/exp.h"
#include "math/log.h"
#include "math/trig.h"

#define CW_FAST_MATH(function, parameters) CW_MATH_WEAK(#function ".fast.f32", float, function##_fast_f32, parameters)

namespace cw {

// 2^(x + rest) in one precision, |rest| small.
CW_INLINE float exp2_fast(float x, float rest = 0.0f) {
  float bounded = clamp(x, -200.0f, 200.0f);
  float n = rint(bounded);
  float r = (bounded - n + rest) * ln2<float>::c[0];
  float value = scale(1.0f + fma(r * r, poly<exp_poly>(r), r), static_cast<int>(n));
  return is_nan(x) ? x : value;
}

// 2^(x*factor): the product's rounding error would show in the result.
CW_INLINE float exp_fast(float x, Pair<float> factor) {
  float bounded = clamp(x, -200.0f / factor.hi, 200.0f / factor.hi);
  Pair<float> product = two_product(bounded, factor.hi);
  float value = exp2_fast(product.hi, fma(bounded, factor.lo, product.lo));
  return is_nan(x) ? x : value;
}

CW_INLINE float log_fast(float x, float step, float base) {
  int k;
  float f = split_log(x > 0.0f && x < infinity<float>() ? x : 1.0f, k);
  return log_edges(x, fma(static_cast<float>(k), step, (f + log_rest(f)) * base));
}

}  // namespace cw

CW_FAST_MATH(sin, (float x)) { return cw::sincos(x).sin; }
CW_FAST_MATH(cos, (float x)) { return cw::sincos(x).cos; }
CW_FAST_MATH(tan, (float x)) {
  cw::SinCos<float> values = cw::sincos(x);
  return values.sin / values.cos;
}
CW_FAST_MATH(exp, (float x)) { return cw::exp_fast(x, cw::constant<cw::log2_e, float>()); }
CW_FAST_MATH(exp10, (float x)) { return cw::exp_fast(x, cw::constant<cw::log2_10, float>()); }
CW_FAST_MATH(log, (float x)) { return cw::log_fast(x, cw::ln2<float>::c[0], 1.0f); }
CW_FAST_MATH(log2, (float x)) { return cw::log_fast(x, 1.0f, cw::log2_e<float>::c[0]); }
CW_FAST_MATH(log10, (float x)) { return cw::log_fast(x, cw::log10_2<float>::c[0], cw::log10_e<float>::c[0]); }
CW_FAST_MATH(pow, (float x, float y)) { return cw::exp2_fast(y * cw::log_fast(x, 1.0f, cw::log2_e<float>::c[0])); }
CW_FAST_MATH(tanh, (float x)) {
  float e = cw::exp2_fast(2.0f * cw::log2_e<float>::c[0] * cw::abs(x)), square = x * x;
  // Near zero the quotient cancels: the series.
  float near = cw::fma(x * square, cw::fma(square, 0x1.111112p-3f, -0x1.555556p-2f), x);
  return cw::abs(x) < 0.125f ? near : cw::copysign(1.0f - 2.0f / (e + 1.0f), x);
}
CW_FAST_MATH(div, (float x, float y)) { return x / y; }
