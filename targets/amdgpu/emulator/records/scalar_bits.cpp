// Scalar shifts, bit fields and bit counts.
#include "emulator/machine/bits.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

SALU(s_lshl_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a << (b & 31), scc); }
SALU(s_lshl_b64, u64, (u64 a, u32 b, bool& scc)) { return said(a << (b & 63), scc); }
SALU(s_lshr_b32, u32, (u32 a, u32 b, bool& scc)) { return said(a >> (b & 31), scc); }
SALU(s_lshr_b64, u64, (u64 a, u32 b, bool& scc)) { return said(a >> (b & 63), scc); }
SALU(s_ashr_i32, i32, (i32 a, u32 b, bool& scc)) { return said(a >> (b & 31), scc); }
SALU(s_ashr_i64, i64, (i64 a, u32 b, bool& scc)) { return said(a >> (b & 63), scc); }

// The second operand: where the field starts, and from bit 16 on how wide it is.
SALU(s_bfe_u32, u32, (u32 a, u32 b, bool& scc)) { return said(field(a, b & 31, b >> 16 & 0x7f), scc); }
SALU(s_bfe_i32, i32, (i32 a, u32 b, bool& scc)) { return said(field(a, b & 31, b >> 16 & 0x7f), scc); }
SALU(s_bfe_u64, u64, (u64 a, u32 b, bool& scc)) { return said(field(a, b & 63, b >> 16 & 0x7f), scc); }
SALU(s_bfe_i64, i64, (i64 a, u32 b, bool& scc)) { return said(field(a, b & 63, b >> 16 & 0x7f), scc); }
SALU(s_bfm_b32, u32, (u32 a, u32 b)) { return ((1u << (a & 31)) - 1) << (b & 31); }
SALU(s_bfm_b64, u64, (u32 a, u32 b)) { return ((u64{1} << (a & 63)) - 1) << (b & 63); }

SALU(s_bcnt0_i32_b32, i32, (u32 a, bool& scc)) { return said(__builtin_popcount(~a), scc); }
SALU(s_bcnt0_i32_b64, i32, (u64 a, bool& scc)) { return said(__builtin_popcountll(~a), scc); }
SALU(s_bcnt1_i32_b32, i32, (u32 a, bool& scc)) { return said(__builtin_popcount(a), scc); }
SALU(s_bcnt1_i32_b64, i32, (u64 a, bool& scc)) { return said(__builtin_popcountll(a), scc); }
SALU(s_ctz_i32_b32, i32, (u32 a)) { return trailing_zeros(a); }
SALU(s_ctz_i32_b64, i32, (u64 a)) { return trailing_zeros(a); }
SALU(s_clz_i32_u32, i32, (u32 a)) { return leading_zeros(a); }
SALU(s_clz_i32_u64, i32, (u64 a)) { return leading_zeros(a); }
SALU(s_cls_i32, i32, (i32 a)) { return leading_signs(a); }
SALU(s_cls_i32_i64, i32, (i64 a)) { return leading_signs(a); }
SALU(s_ff0_i32_b32, i32, (u32 a)) { return trailing_zeros(~a); }
SALU(s_ff0_i32_b64, i32, (u64 a)) { return trailing_zeros(~a); }
ALIAS(s_ff1_i32_b32, s_ctz_i32_b32);  // before gfx11
ALIAS(s_ff1_i32_b64, s_ctz_i32_b64);
ALIAS(s_flbit_i32_b32, s_clz_i32_u32);
ALIAS(s_flbit_i32_b64, s_clz_i32_u64);
ALIAS(s_flbit_i32, s_cls_i32);
ALIAS(s_flbit_i32_i64, s_cls_i32_i64);

// The bit of each group of four that says whether one of them is set: alone, and in the place of all four.
template <typename T>
T quads(T value) {
  value |= value >> 1;
  value |= value >> 2;
  return value & static_cast<T>(0x1111111111111111u);
}
template <typename T>
T gathered(T quads) {
  T result = 0;
  for (unsigned n = 0; n < 2 * sizeof(T); ++n) result |= (quads >> (4 * n) & 1) << n;
  return result;
}
SALU(s_quadmask_b32, u32, (u32 a, bool& scc)) { return said(gathered(quads(a)), scc); }
SALU(s_quadmask_b64, u64, (u64 a, bool& scc)) { return said(gathered(quads(a)), scc); }
SALU(s_wqm_b32, u32, (u32 a, bool& scc)) { return said(quads(a) * 15, scc); }
SALU(s_wqm_b64, u64, (u64 a, bool& scc)) { return said(quads(a) * 15, scc); }

SALU(s_bitreplicate_b64_b32, u64, (u32 a)) {
  u64 result = 0;
  for (unsigned n = 0; n < 32; ++n) result |= (a >> n & u64{1}) * 3 << (2 * n);
  return result;
}

// One bit of the destination.
template <typename T>
const Instruction* set_bit(Wave& w, const Instruction& i, bool on) {
  const T bit = T{1} << (scalar_operand<u32>(w, i.source[0]) & (8 * sizeof(T) - 1));
  const T old = scalar_operand<T>(w, i.destination);
  write_scalar(w, i.destination, static_cast<T>(on ? old | bit : old & ~bit));
  return after(i);
}
RECORD(s_bitset0_b32) { return set_bit<u32>(w, i, false); }
RECORD(s_bitset0_b64) { return set_bit<u64>(w, i, false); }
RECORD(s_bitset1_b32) { return set_bit<u32>(w, i, true); }
RECORD(s_bitset1_b64) { return set_bit<u64>(w, i, true); }

}  // namespace
}  // namespace cw::amd
