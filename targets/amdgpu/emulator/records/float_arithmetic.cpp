// Addition, multiplication and fused multiplication with addition, in single, double and half precision.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_add_f32, f32, (f32 a, f32 b)) { return sum(a, b); }
VALU(v_sub_f32, f32, (f32 a, f32 b)) { return a - b; }
VALU(v_subrev_f32, f32, (f32 a, f32 b)) { return b - a; }
VALU(v_mul_f32, f32, (f32 a, f32 b)) { return product(a, b); }
VALU(v_fma_f32, f32, (f32 a, f32 b, f32 c)) { return fused(a, b, c); }
ALIAS(v_fmac_f32, v_fma_f32);
ALIAS(v_fmaak_f32, v_fma_f32);
ALIAS(v_fmamk_f32, v_fma_f32);
ALIAS(v_dual_add_f32, v_add_f32);
ALIAS(v_dual_sub_f32, v_sub_f32);
ALIAS(v_dual_subrev_f32, v_subrev_f32);
ALIAS(v_dual_mul_f32, v_mul_f32);
ALIAS(v_dual_fmac_f32, v_fma_f32);
ALIAS(v_dual_fmaak_f32, v_fma_f32);
ALIAS(v_dual_fmamk_f32, v_fma_f32);

VALU(v_add_f64, f64, (f64 a, f64 b)) { return sum(a, b); }
VALU(v_mul_f64, f64, (f64 a, f64 b)) { return product(a, b); }
VALU(v_fma_f64, f64, (f64 a, f64 b, f64 c)) { return fused(a, b, c); }
ALIAS(v_fmac_f64, v_fma_f64);

// Half precision: what f32 gives of two numbers, rounded again, is rounded once.
VALU(v_add_f16, f16, (f16 a, f16 b)) { return sum(a, b); }
VALU(v_sub_f16, f16, (f16 a, f16 b)) { return a - b; }
VALU(v_subrev_f16, f16, (f16 a, f16 b)) { return b - a; }
VALU(v_mul_f16, f16, (f16 a, f16 b)) { return product(a, b); }
VALU(v_fma_f16, Keep<f16>, (f16 a, f16 b, f16 c)) { return {fused(a, b, c)}; }
VALU(v_fma_legacy_f16, f16, (f16 a, f16 b, f16 c)) { return fused(a, b, c); }
ALIAS(v_fmac_f16, v_fma_f16);
ALIAS(v_fmaak_f16, v_fma_f16);
ALIAS(v_fmamk_f16, v_fma_f16);

// Multiplication and addition that both round. Denormals are flushed whatever the mode says.
template <typename T>
CW_LANE T multiplied_and_added(T a, T b, T c) {
  return flushed(sum(flushed(product(flushed(a), flushed(b))), flushed(c)));
}
VALU(v_mad_f32, f32, (f32 a, f32 b, f32 c)) { return multiplied_and_added(a, b, c); }
ALIAS(v_mac_f32, v_mad_f32);
ALIAS(v_madak_f32, v_mad_f32);
ALIAS(v_madmk_f32, v_mad_f32);
VALU(v_mad_f16, Keep<f16>, (f16 a, f16 b, f16 c)) { return {multiplied_and_added(a, b, c)}; }
VALU(v_mad_legacy_f16, f16, (f16 a, f16 b, f16 c)) { return multiplied_and_added(a, b, c); }
ALIAS(v_mac_f16, v_mad_legacy_f16);
ALIAS(v_madak_f16, v_mad_legacy_f16);
ALIAS(v_madmk_f16, v_mad_legacy_f16);

// DirectX 9: zero times anything is +0.
CW_LANE bool has_zero(f32 a, f32 b) { return a == 0.0f || b == 0.0f; }
VALU(v_mul_dx9_zero_f32, f32, (f32 a, f32 b)) { return has_zero(a, b) ? 0.0f : product(a, b); }
VALU(v_fma_dx9_zero_f32, f32, (f32 a, f32 b, f32 c)) { return has_zero(a, b) ? c : fused(a, b, c); }
VALU(v_mad_legacy_f32, f32, (f32 a, f32 b, f32 c)) {
  return has_zero(flushed(a), flushed(b)) ? flushed(c) : multiplied_and_added(a, b, c);
}
ALIAS(v_mac_legacy_f32, v_mad_legacy_f32);
ALIAS(v_mul_legacy_f32, v_mul_dx9_zero_f32);  // before gfx11
ALIAS(v_fma_legacy_f32, v_fma_dx9_zero_f32);
ALIAS(v_fmac_legacy_f32, v_fma_dx9_zero_f32);
ALIAS(v_fmac_dx9_zero_f32, v_fma_dx9_zero_f32);
ALIAS(v_dual_mul_dx9_zero_f32, v_mul_dx9_zero_f32);

// Multiplication for lighting: no result where the power of a cosine is not to be taken.
VALU(v_mullit_f32, f32, (f32 a, f32 b, f32 c)) {
  constexpr f32 kLargest = 3.402823466e+38f;
  const bool none = is_nan(b) || is_nan(c) || c <= 0.0f || b <= -kLargest;
  return none ? -kLargest : product(a, b);
}

}  // namespace
}  // namespace cw::amd
