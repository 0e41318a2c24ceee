// `__cw.math.kept.<op>.<mode>.f32`: arithmetic that keeps subnormal numbers in any mode of the processor.
#include "operations/kept.h"

namespace {

CW_RARE float add_slow(float a, float b) { return cw::narrow_kept(cw::widen_kept(a) + cw::widen_kept(b)); }
CW_RARE float mul_slow(float a, float b) { return cw::narrow_kept(cw::widen_kept(a) * cw::widen_kept(b)); }
CW_RARE float div_slow(float a, float b) { return cw::narrow_kept(cw::widen_kept(a) / cw::widen_kept(b)); }
CW_RARE float sqrt_slow(float x) { return cw::narrow_kept(cw::sqrt(cw::widen_kept(x))); }
CW_RARE float fma_slow(float a, float b, float c) {
  return cw::narrow_kept(cw::sum_to_odd(cw::widen_kept(a) * cw::widen_kept(b), cw::widen_kept(c)));
}

// Division and root of floats in a directed mode, from the double that is nearest: exact where the remainder is zero.
template <cw::Mode mode>
CW_INLINE float directed(double near, double rest) {
  if (!cw::is_finite(near) || near == 0) return static_cast<float>(near);
  cw::Exact value = cw::exact(near);
  value.significand = value.significand * 4 + (rest > 0 ? 1 : (rest < 0 ? -1 : 0));
  value.exponent -= 2;
  return cw::round_to<float, mode>(value);
}
template <cw::Mode mode>
CW_INLINE float div_directed(float x, float y) {
  double a = cw::widen_kept(x), b = cw::widen_kept(y), q = a / b, rest = cw::fma(-q, b, a);
  return directed<mode>(q, (cw::is_negative(q) != cw::is_negative(b)) ? -rest : rest);
}
template <cw::Mode mode>
CW_INLINE float sqrt_directed(float x) {
  double a = cw::widen_kept(x), s = cw::sqrt(a);
  return directed<mode>(s, cw::fma(-s, s, a));
}

}  // namespace

CW_MATH("kept.widen.f32", double, kept_widen, (float x)) { return cw::widen_kept(x); }

CW_MATH("kept.add.rn.f32", float, kept_add, (float a, float b)) { return cw::settled(a + b, add_slow, a, b); }
CW_MATH("kept.mul.rn.f32", float, kept_mul, (float a, float b)) { return cw::settled(a * b, mul_slow, a, b); }
CW_MATH("kept.div.rn.f32", float, kept_div, (float a, float b)) { return cw::settled(a / b, div_slow, a, b); }
CW_MATH("kept.sqrt.rn.f32", float, kept_sqrt, (float x)) { return cw::settled(cw::sqrt(x), sqrt_slow, x); }
CW_MATH("kept.fma.rn.f32", float, kept_fma, (float a, float b, float c)) {
  return cw::settled(cw::fma(a, b, c), fma_slow, a, b, c);
}

// An infinity times what a processor takes for zero: double does those.
template <cw::Mode mode>
CW_INLINE float mul_directed(float a, float b) {
  return cw::is_finite(a) && cw::is_finite(b) ? cw::mul_rounded<float, mode>(a, b) : mul_slow(a, b);
}
template <cw::Mode mode>
CW_INLINE float fma_directed(float a, float b, float c) {
  return cw::is_finite(a) && cw::is_finite(b) ? cw::fma_rounded<float, mode, true>(a, b, c) : fma_slow(a, b, c);
}

#define CW_KEPT(mode, Name)                                                                                                    \
  CW_MATH("kept.add." #mode ".f32", float, kept_add_##mode, (float a, float b)) {                                              \
    return cw::add_rounded<float, cw::Mode::Name, true>(a, b);                                                                 \
  }                                                                                                                            \
  CW_MATH("kept.mul." #mode ".f32", float, kept_mul_##mode, (float a, float b)) { return mul_directed<cw::Mode::Name>(a, b); } \
  CW_MATH("kept.div." #mode ".f32", float, kept_div_##mode, (float a, float b)) { return div_directed<cw::Mode::Name>(a, b); } \
  CW_MATH("kept.sqrt." #mode ".f32", float, kept_sqrt_##mode, (float x)) { return sqrt_directed<cw::Mode::Name>(x); }          \
  CW_MATH("kept.fma." #mode ".f32", float, kept_fma_##mode, (float a, float b, float c)) {                                     \
    return fma_directed<cw::Mode::Name>(a, b, c);                                                                              \
  }
CW_KEPT(rz, zero)
CW_KEPT(ru, up)
CW_KEPT(rd, down)

namespace {

CW_INLINE float wide(__bf16 x) { return cw::from_bits<float>(static_cast<uint32_t>(__builtin_bit_cast(uint16_t, x)) << 16); }

// The nearest bfloat16, ties to even.
CW_INLINE __bf16 round_to_bfloat(float x) {
  uint32_t b = cw::bits(x), rounded = b + 0x7fff + (b >> 16 & 1);
  return __builtin_bit_cast(__bf16, static_cast<uint16_t>(cw::is_nan(x) ? 0x7fff : rounded >> 16));
}

// Whether a rounded float lies just between two bfloat16: only then the rounding error may decide.
CW_INLINE bool is_middle(float x) { return static_cast<uint16_t>(cw::bits(x)) == 0x8000; }

// The float next to `middle` on the side of the exact a * b + c. The product is exact in double.
CW_RARE float beside_middle(float middle, float a, float b, float c) {
  cw::Pair<double> exact = cw::two_sum(static_cast<double>(a) * static_cast<double>(b), static_cast<double>(c));
  double rest = (exact.hi - static_cast<double>(middle)) + exact.lo;
  if (rest == 0) return middle;
  return cw::from_bits<float>(cw::bits(middle) + ((rest > 0) == (middle > 0) ? 1 : ~0u));
}

CW_RARE float fma_to_odd(float a, float b, float c) {
  return cw::round_to_odd(cw::sum_to_odd(cw::widen_kept(a) * cw::widen_kept(b), cw::widen_kept(c)));
}

}  // namespace

CW_MATH("fma.rn.bf16", __bf16, fma_rn_bf16, (__bf16 x, __bf16 y, __bf16 z)) {
  float a = wide(x), b = wide(y), c = wide(z), r = cw::fma(a, b, c);
  return round_to_bfloat(is_middle(r) ? beside_middle(r, a, b, c) : r);
}
CW_MATH("kept.fma.rn.bf16", __bf16, kept_fma_rn_bf16, (__bf16 x, __bf16 y, __bf16 z)) {
  float a = wide(x), b = wide(y), c = wide(z), r = cw::fma(a, b, c);
  return round_to_bfloat(is_middle(r) ? fma_to_odd(a, b, c) : cw::settled(r, fma_to_odd, a, b, c));
}
