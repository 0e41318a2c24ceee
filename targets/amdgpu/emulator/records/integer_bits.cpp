// Bits of vector registers: logic, fields, counts.
#include "emulator/machine/bits.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_and_b32, u32, (u32 a, u32 b)) { return a & b; }
VALU(v_or_b32, u32, (u32 a, u32 b)) { return a | b; }
VALU(v_xor_b32, u32, (u32 a, u32 b)) { return a ^ b; }
VALU(v_xnor_b32, u32, (u32 a, u32 b)) { return ~(a ^ b); }
VALU(v_not_b32, u32, (u32 a)) { return ~a; }
VALU(v_and_b16, u16, (u16 a, u16 b)) { return a & b; }
VALU(v_or_b16, u16, (u16 a, u16 b)) { return a | b; }
VALU(v_xor_b16, u16, (u16 a, u16 b)) { return a ^ b; }
VALU(v_not_b16, u16, (u16 a)) { return static_cast<u16>(~a); }

VALU(v_and_or_b32, u32, (u32 a, u32 b, u32 c)) { return (a & b) | c; }
VALU(v_or3_b32, u32, (u32 a, u32 b, u32 c)) { return a | b | c; }
VALU(v_xor3_b32, u32, (u32 a, u32 b, u32 c)) { return a ^ b ^ c; }
VALU(v_lshl_or_b32, u32, (u32 a, u32 b, u32 c)) { return a << (b & 31) | c; }

VALU(v_bfe_u32, u32, (u32 a, u32 b, u32 c)) { return field(a, b & 31, c & 31); }
VALU(v_bfe_i32, i32, (i32 a, u32 b, u32 c)) { return field(a, b & 31, c & 31); }
VALU(v_bfi_b32, u32, (u32 a, u32 b, u32 c)) { return (a & b) | (~a & c); }
VALU(v_bfm_b32, u32, (u32 a, u32 b)) { return ((1u << (a & 31)) - 1) << (b & 31); }
VALU(v_alignbit_b32, u32, (u32 a, u32 b, u16 c)) { return static_cast<u32>((u64{a} << 32 | b) >> (c & 31)); }
VALU(v_alignbyte_b32, u32, (u32 a, u32 b, u16 c)) { return static_cast<u32>((u64{a} << 32 | b) >> (8 * (c & 3))); }

VALU(v_bfrev_b32, u32, (u32 a)) { return __builtin_bitreverse32(a); }
VALU(v_bcnt_u32_b32, u32, (u32 a, u32 b)) { return static_cast<u32>(__builtin_popcount(a)) + b; }
VALU(v_clz_i32_u32, i32, (u32 a)) { return leading_zeros(a); }
VALU(v_ctz_i32_b32, i32, (u32 a)) { return trailing_zeros(a); }
VALU(v_cls_i32, i32, (i32 a)) { return leading_signs(a); }
ALIAS(v_ffbh_u32, v_clz_i32_u32);  // gfx9, gfx10
ALIAS(v_ffbl_b32, v_ctz_i32_b32);
ALIAS(v_ffbh_i32, v_cls_i32);

// Lanes of `mask` below the lane: lanes 0 to 31 and 32 to 63.
VALU(v_mbcnt_lo_u32_b32, u32, (u32 mask, u32 b, Lane lane)) {
  const u32 below = lane.number < 32 ? (1u << lane.number) - 1 : ~0u;
  return static_cast<u32>(__builtin_popcount(mask & below)) + b;
}
VALU(v_mbcnt_hi_u32_b32, u32, (u32 mask, u32 b, Lane lane)) {
  const u32 below = lane.number >= 32 ? (1u << (lane.number & 31)) - 1 : 0;
  return static_cast<u32>(__builtin_popcount(mask & below)) + b;
}

// One byte of the pair {a, b}: 0-3 of b, 4-7 of a; 8-11 the signs of bytes 1, 3, 5 and 7; 12 is 0, more is 0xff. Without branches,
// for the lanes of a vector.
[[gnu::always_inline]] inline u32 permuted(u32 a, u32 b, u32 selector) {
  const u32 byte = ((selector & 4) != 0 ? a : b) >> (8 * (selector & 3)) & 0xff;
  const u32 sign = ((selector & 2) != 0 ? a : b) >> ((selector & 1) != 0 ? 31 : 15) & 1;
  const u32 chosen = selector < 8 ? byte : sign * 0xff;
  return selector > 12 ? 0xff : selector == 12 ? 0 : chosen;
}
[[gnu::always_inline]] inline u32 permuted_bytes(u32 a, u32 b, u32 selectors) {
  return permuted(a, b, selectors & 0xff) | permuted(a, b, selectors >> 8 & 0xff) << 8 |
         permuted(a, b, selectors >> 16 & 0xff) << 16 | permuted(a, b, selectors >> 24) << 24;
}
// Most often all lanes have the same selectors: what they choose is found out once.
RECORD(v_perm_b32) {
  if (!i.plain || i.source[2].kind == Kind::kVgpr) return VectorAlu<&permuted_bytes>::run<W>(w, i);
  const u32 selectors = static_cast<u32>(scalar_value(w, i.source[2], false));
  each_lane<W, u32, Path::kPlain>(
      w, i, [selectors](u32 a, u32 b) { return permuted_bytes(a, b, selectors); }, PlainSource<u32, W>(w, i, 0),
      PlainSource<u32, W>(w, i, 1));
  return after(i);
}

}  // namespace
}  // namespace cw::amd
