// Moves between lanes whose distance is a constant, without LDS addresses: DPP, V_PERMLANEX16 and DS_SWIZZLE.
//
// A move through ds_bpermute costs the source lane's address, an access to LDS and the wait for it. DPP is an operand of the
// instruction that uses the value: one step of a butterfly sum is one V_ADD. Sources: AMD's ISA documents, "Data Parallel
// Processing", "DS_SWIZZLE_B32", "V_PERMLANEX16_B32". All forms give 0 for a lane that is not active, or the own value.
#pragma once

#include "wave.h"

extern "C" {
__attribute__((const, convergent)) uint32_t cw_dpp(uint32_t old, uint32_t value, uint32_t control, uint32_t rows, uint32_t banks,
                                                   bool zero_invalid) __asm__("llvm.amdgcn.update.dpp.i32");
__attribute__((const, convergent)) uint32_t cw_swizzle(uint32_t value, uint32_t pattern) __asm__("llvm.amdgcn.ds.swizzle");
__attribute__((const, convergent)) uint32_t cw_permlanex16(uint32_t old, uint32_t value, uint32_t low, uint32_t high,
                                                           bool fetch_inactive,
                                                           bool zero_invalid) __asm__("llvm.amdgcn.permlanex16.i32");
}

namespace cw {

// DPP controls. A row is 16 lanes; `left` n reads from lane + n, `rotate` n from lane - n around the row.
consteval uint32_t quad_permutation(uint32_t a, uint32_t b, uint32_t c, uint32_t d) { return a | b << 2 | c << 4 | d << 6; }
consteval uint32_t row_left(uint32_t n) { return 0x100 | n; }
consteval uint32_t row_right(uint32_t n) { return 0x110 | n; }
consteval uint32_t row_rotate(uint32_t n) { return 0x120 | n; }
consteval uint32_t row_xor(uint32_t n) { return 0x160 | n; }  // from gfx10 on

template <uint32_t control>
CW_INLINE uint32_t move_dpp(uint32_t value) {
  return cw_dpp(0, value, control, 0xf, 0xf, true);
}

// Lane (i & all) | set) ^ flip of the same 32 lanes.
template <uint32_t all, uint32_t set, uint32_t flip>
CW_INLINE uint32_t swizzle(uint32_t value) {
  return cw_swizzle(value, all | set << 5 | flip << 10);
}

// The value of lane ^ mask, for the masks of butterflies.
template <uint32_t mask>
CW_INLINE uint32_t read_lane_xor(uint32_t value) {
  if constexpr (mask < 4) return move_dpp<quad_permutation(0 ^ mask, 1 ^ mask, 2 ^ mask, 3 ^ mask)>(value);
  if constexpr (mask == 8) return move_dpp<row_rotate(8)>(value);
#if CW_GFX >= 10
  if constexpr (mask < 16) return move_dpp<row_xor(mask)>(value);
  if constexpr (mask == 16) return cw_permlanex16(0, value, 0x76543210, 0xfedcba98, false, true);
#endif
  return swizzle<31, 0, mask>(value);
}

#if CW_GFX >= 10
// V_PERMLANEX16's choices for lanes first to first + 7: lane i takes lane i - turn of the other row.
consteval uint32_t turned(uint32_t first, uint32_t turn) {
  uint32_t choices = 0;
  for (uint32_t i = 0; i < 8; ++i) choices |= ((first + i - turn) & 15) << (4 * i);
  return choices;
}

// The other row of the own 32 lanes, turned so that lane i has lane i - turn of it, in the rows of `rows`; `value` in the others.
// Each lane's value comes in one step from where it is: a lane on the way might not be active.
template <uint32_t turn, uint32_t rows>
CW_INLINE uint32_t other_row(uint32_t value) {
  const uint32_t crossed = cw_permlanex16(0, value, turned(0, turn), turned(8, turn), false, true);
  return cw_dpp(value, crossed, quad_permutation(0, 1, 2, 3), rows, 0xf, false);
}
#endif

// The value of lane + distance, or the own one where that lies beyond lane 31. Rows 0 and 2 are the lower half of a warp.
template <uint32_t distance>
CW_INLINE uint32_t read_lane_below(uint32_t value) {
#if CW_GFX >= 10
  if constexpr (distance == 16) return other_row<0, 0x5>(value);
  if constexpr (distance < 16) return cw_dpp(other_row<16 - distance, 0x5>(value), value, row_left(distance), 0xf, 0xf, false);
#endif
  return swizzle<31, 16, 0>(value);
}

// The value of lane - distance, or the own one where that lies before lane 0.
template <uint32_t distance>
CW_INLINE uint32_t read_lane_above(uint32_t value) {
#if CW_GFX >= 10
  if constexpr (distance == 16) return other_row<0, 0xa>(value);
  if constexpr (distance < 16) return cw_dpp(other_row<distance, 0xa>(value), value, row_right(distance), 0xf, 0xf, false);
#endif
  return swizzle<15, 0, 0>(value);
}

}  // namespace cw
