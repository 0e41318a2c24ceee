// Fields and counts of bits, as scalar and vector instructions have them.
#pragma once

#include <type_traits>

#include "emulator/machine/types.hpp"

namespace cw::amd {

// `width` bits from bit `offset` on; a signed T is sign-extended, above its highest bit there are copies of the sign.
template <typename T>
inline T field(T value, u32 offset, u32 width) {
  constexpr u32 kBits = 8 * sizeof(T);
  if (width == 0 || (offset >= kBits && !std::is_signed_v<T>)) return 0;
  const T moved = static_cast<T>(value >> (offset < kBits ? offset : kBits - 1));
  if (width >= kBits) return moved;
  return static_cast<T>(static_cast<T>(static_cast<std::make_unsigned_t<T>>(moved) << (kBits - width)) >> (kBits - width));
}

// -1 where there is none to find.
inline i32 leading_zeros(u32 value) { return value != 0 ? __builtin_clz(value) : -1; }
inline i32 leading_zeros(u64 value) { return value != 0 ? __builtin_clzll(value) : -1; }
inline i32 trailing_zeros(u32 value) { return value != 0 ? __builtin_ctz(value) : -1; }
inline i32 trailing_zeros(u64 value) { return value != 0 ? __builtin_ctzll(value) : -1; }

// How many bits from the top on are the sign; -1 when all are.
inline i32 leading_signs(i32 value) { return leading_zeros(static_cast<u32>(value < 0 ? ~value : value)); }
inline i32 leading_signs(i64 value) { return leading_zeros(static_cast<u64>(value < 0 ? ~value : value)); }

}  // namespace cw::amd
