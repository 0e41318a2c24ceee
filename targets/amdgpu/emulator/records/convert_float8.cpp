// Conversions to and from 8-bit floating-point numbers.
#include "emulator/machine/vector_alu.hpp"
#include "emulator/records/float8.hpp"

namespace cw::amd {
namespace {

// gfx12 names the byte by two bits of op_sel in reverse; gfx942 has SDWA, which has already selected it.
u32 source_byte(u32 value, OpSel op_sel) { return value >> (8 * ((op_sel.bits & 1) << 1 | (op_sel.bits >> 1 & 1))) & 0xff; }

f32 widened8(Mode mode, bool bf8, u32 byte) { return float8(float8_format(mode.isa, bf8), byte & 0xff); }
u32 narrowed8(Mode mode, bool bf8, f32 value) { return to_float8(float8_format(mode.isa, bf8), value, mode.saturates); }
u16 narrowed8(Mode mode, bool bf8, f32 low, f32 high) {
  return static_cast<u16>(narrowed8(mode, bf8, low) | narrowed8(mode, bf8, high) << 8);
}
// Into the byte that the two upper bits of op_sel name; the others stay.
u32 stochastic8(Mode mode, bool bf8, f32 value, u32 random, OpSel op_sel, Old old) {
  const unsigned shift = 8 * (op_sel.bits >> 2 & 3);
  const u32 byte = to_float8(float8_format(mode.isa, bf8), value, mode.saturates, random);
  return (old.value & ~(0xffu << shift)) | byte << shift;
}

VALU(v_cvt_f32_fp8, f32, (u32 a, OpSel op_sel, Mode mode)) { return widened8(mode, false, source_byte(a, op_sel)); }
VALU(v_cvt_f32_bf8, f32, (u32 a, OpSel op_sel, Mode mode)) { return widened8(mode, true, source_byte(a, op_sel)); }
VALU(v_cvt_pk_f32_fp8, Pair<f32>, (u16 a, Mode mode)) { return {widened8(mode, false, a), widened8(mode, false, a >> 8)}; }
VALU(v_cvt_pk_f32_bf8, Pair<f32>, (u16 a, Mode mode)) { return {widened8(mode, true, a), widened8(mode, true, a >> 8)}; }
VALU(v_cvt_pk_fp8_f32, Keep<u16>, (f32 a, f32 b, Mode mode)) { return {narrowed8(mode, false, a, b)}; }
VALU(v_cvt_pk_bf8_f32, Keep<u16>, (f32 a, f32 b, Mode mode)) { return {narrowed8(mode, true, a, b)}; }
VALU(v_cvt_sr_fp8_f32, u32, (f32 a, u32 random, OpSel op_sel, Old old, Mode mode)) {
  return stochastic8(mode, false, a, random, op_sel, old);
}
VALU(v_cvt_sr_bf8_f32, u32, (f32 a, u32 random, OpSel op_sel, Old old, Mode mode)) {
  return stochastic8(mode, true, a, random, op_sel, old);
}

}  // namespace
}  // namespace cw::amd
