// Integer multiplication, with and without addition.
#include "emulator/machine/saturate.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

i64 signed24(u32 value) { return static_cast<i32>(value << 8) >> 8; }
u64 unsigned24(u32 value) { return value & 0xffffff; }

VALU(v_mul_lo_u32, u32, (u32 a, u32 b)) { return a * b; }
VALU(v_mul_hi_u32, u32, (u32 a, u32 b)) { return static_cast<u32>(u64{a} * b >> 32); }
VALU(v_mul_hi_i32, u32, (i32 a, i32 b)) { return static_cast<u32>(i64{a} * b >> 32); }
VALU(v_mul_lo_u16, u16, (u16 a, u16 b)) { return static_cast<u16>(u32{a} * b); }
VALU(v_mul_i32_i24, u32, (u32 a, u32 b)) { return static_cast<u32>(signed24(a) * signed24(b)); }
VALU(v_mul_hi_i32_i24, u32, (u32 a, u32 b)) { return static_cast<u32>(signed24(a) * signed24(b) >> 32); }
VALU(v_mul_u32_u24, u32, (u32 a, u32 b)) { return static_cast<u32>(unsigned24(a) * unsigned24(b)); }
VALU(v_mul_hi_u32_u24, u32, (u32 a, u32 b)) { return static_cast<u32>(unsigned24(a) * unsigned24(b) >> 32); }

VALU(v_mad_i32_i24, i32, (u32 a, u32 b, i32 c, Clamp clamp)) { return narrowed<i32>(signed24(a) * signed24(b) + c, clamp); }
VALU(v_mad_u32_u24, u32, (u32 a, u32 b, u32 c, Clamp clamp)) { return narrowed<u32>(unsigned24(a) * unsigned24(b) + c, clamp); }
VALU(v_mad_i32_i16, i32, (i16 a, i16 b, i32 c, Clamp clamp)) { return narrowed<i32>(i64{a} * b + c, clamp); }
VALU(v_mad_u32_u16, u32, (u16 a, u16 b, u32 c, Clamp clamp)) { return narrowed<u32>(u64{a} * b + c, clamp); }
VALU(v_mad_i16, Keep<i16>, (i16 a, i16 b, i16 c, Clamp clamp)) { return {narrowed<i16>(i64{a} * b + c, clamp)}; }
VALU(v_mad_u16, Keep<u16>, (u16 a, u16 b, u16 c, Clamp clamp)) { return {narrowed<u16>(u64{a} * b + c, clamp)}; }
VALU(v_mad_legacy_i16, i16, (i16 a, i16 b, i16 c, Clamp clamp)) { return narrowed<i16>(i64{a} * b + c, clamp); }
VALU(v_mad_legacy_u16, u16, (u16 a, u16 b, u16 c, Clamp clamp)) { return narrowed<u16>(u64{a} * b + c, clamp); }

// The carry is bit 64 of the sum.
VALU(v_mad_co_u64_u32, Carried<u64>, (u32 a, u32 b, u64 c, Clamp clamp)) {
  const u64 sum = u64{a} * b + c;
  const bool carry = sum < c;
  return {carry && clamp.on ? ~u64{0} : sum, carry};
}
VALU(v_mad_co_i64_i32, Carried<i64>, (i32 a, i32 b, i64 c, Clamp clamp)) {
  const i64 product = i64{a} * b;
  const i64 sum = static_cast<i64>(static_cast<u64>(product) + static_cast<u64>(c));
  const bool overflows = ((product ^ sum) & (c ^ sum)) < 0;
  const bool negative = (sum < 0) != overflows;
  const i64 end = negative ? lowest<i64> : highest<i64>;
  return {overflows && clamp.on ? end : sum, negative};
}
ALIAS(v_mad_u64_u32, v_mad_co_u64_u32);  // before gfx12
ALIAS(v_mad_i64_i32, v_mad_co_i64_i32);

}  // namespace
}  // namespace cw::amd
