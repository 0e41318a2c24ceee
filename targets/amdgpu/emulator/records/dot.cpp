// Dot products of two, four or eight small numbers, added to a third operand. Sums of f32 are in the order of AMD's documents, the
// first product first, rounded after each; products of the small types are exact in f32.
#include "emulator/machine/saturate.hpp"
#include "emulator/machine/vector_alu.hpp"
#include "emulator/records/matrix_numbers.hpp"

namespace cw::amd {
namespace {

VALU(v_dot2_f32_f16, f32, (Pair<f16> a, Pair<f16> b, f32 c)) {
  return fused(widened(a.high), widened(b.high), fused(widened(a.low), widened(b.low), c));
}
VALU(v_dot2_f32_bf16, f32, (Pair<bf16> a, Pair<bf16> b, f32 c)) {
  return fused(widened(a.high), widened(b.high), fused(widened(a.low), widened(b.low), c));
}
ALIAS(v_dot2c_f32_f16, v_dot2_f32_f16);
ALIAS(v_dot2acc_f32_f16, v_dot2_f32_f16);
ALIAS(v_dual_dot2acc_f32_f16, v_dot2_f32_f16);
ALIAS(v_dual_dot2acc_f32_bf16, v_dot2_f32_bf16);

// The sum has the small type, and is rounded to it after each product.
VALU(v_dot2_f16_f16, Keep<f16>, (Pair<f16> a, Pair<f16> b, f16 c)) { return {fused(a.high, b.high, fused(a.low, b.low, c))}; }
VALU(v_dot2_bf16_bf16, Keep<bf16>, (Pair<bf16> a, Pair<bf16> b, bf16 c)) { return {fused(a.high, b.high, fused(a.low, b.low, c))}; }

// Integers of `Bits` bits. With clamp the sum saturates.
template <unsigned Bits>
CW_LANE i64 dot(u32 a, u32 b, bool signed_a, bool signed_b) {
  i64 sum = 0;
  for (unsigned at = 0; at < 32; at += Bits) {
    const i64 x = matrix::integer(a >> at, Bits, signed_a), y = matrix::integer(b >> at, Bits, signed_b);
    sum += x * y;
  }
  return sum;
}
template <unsigned Bits>
CW_LANE i32 signed_dot(u32 a, u32 b, i32 c, Clamp clamp) {
  return narrowed<i32>(dot<Bits>(a, b, true, true) + c, clamp);
}
template <unsigned Bits>
CW_LANE u32 unsigned_dot(u32 a, u32 b, u32 c, Clamp clamp) {
  return narrowed<u32>(dot<Bits>(a, b, false, false) + c, clamp);
}
// neg_lo says which operands are signed.
template <unsigned Bits>
CW_LANE i32 mixed_dot(u32 a, u32 b, i32 c, NegLow is_signed, Clamp clamp) {
  return narrowed<i32>(dot<Bits>(a, b, is_signed.bits & 1, is_signed.bits & 2) + c, clamp);
}

VALU(v_dot2_i32_i16, i32, (Pair<i16> a, Pair<i16> b, i32 c, Clamp clamp)) {
  return narrowed<i32>(i64{a.low} * b.low + i64{a.high} * b.high + c, clamp);
}
VALU(v_dot2_u32_u16, u32, (Pair<u16> a, Pair<u16> b, u32 c, Clamp clamp)) {
  return narrowed<u32>(i64{a.low} * b.low + i64{a.high} * b.high + c, clamp);
}
VALU(v_dot4_i32_i8, i32, (u32 a, u32 b, i32 c, Clamp clamp)) { return signed_dot<8>(a, b, c, clamp); }
VALU(v_dot8_i32_i4, i32, (u32 a, u32 b, i32 c, Clamp clamp)) { return signed_dot<4>(a, b, c, clamp); }
VALU(v_dot4_u32_u8, u32, (u32 a, u32 b, u32 c, Clamp clamp)) { return unsigned_dot<8>(a, b, c, clamp); }
VALU(v_dot8_u32_u4, u32, (u32 a, u32 b, u32 c, Clamp clamp)) { return unsigned_dot<4>(a, b, c, clamp); }
VALU(v_dot4_i32_iu8, i32, (u32 a, u32 b, i32 c, NegLow is_signed, Clamp clamp)) { return mixed_dot<8>(a, b, c, is_signed, clamp); }
VALU(v_dot8_i32_iu4, i32, (u32 a, u32 b, i32 c, NegLow is_signed, Clamp clamp)) { return mixed_dot<4>(a, b, c, is_signed, clamp); }
ALIAS(v_dot2c_i32_i16, v_dot2_i32_i16);
ALIAS(v_dot4c_i32_i8, v_dot4_i32_i8);
ALIAS(v_dot8c_i32_i4, v_dot8_i32_i4);

// 8-bit floats, E4M3 or E5M2 each.
CW_LANE f32 float8_dot(u32 a, u32 b, f32 c, Mode mode, bool bf8_a, bool bf8_b) {
  const matrix::Float8 format_a = matrix::float8_format(mode.isa, bf8_a), format_b = matrix::float8_format(mode.isa, bf8_b);
  for (unsigned at = 0; at < 32; at += 8) {
    c = fused(matrix::float8(format_a, a >> at & 0xff), matrix::float8(format_b, b >> at & 0xff), c);
  }
  return c;
}
VALU(v_dot4_f32_fp8_fp8, f32, (u32 a, u32 b, f32 c, Mode mode)) { return float8_dot(a, b, c, mode, false, false); }
VALU(v_dot4_f32_fp8_bf8, f32, (u32 a, u32 b, f32 c, Mode mode)) { return float8_dot(a, b, c, mode, false, true); }
VALU(v_dot4_f32_bf8_fp8, f32, (u32 a, u32 b, f32 c, Mode mode)) { return float8_dot(a, b, c, mode, true, false); }
VALU(v_dot4_f32_bf8_bf8, f32, (u32 a, u32 b, f32 c, Mode mode)) { return float8_dot(a, b, c, mode, true, true); }

}  // namespace
}  // namespace cw::amd
