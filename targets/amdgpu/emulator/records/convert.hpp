// Conversions that vector and scalar instructions share.
#pragma once

#include <type_traits>

#include "emulator/machine/modifiers.hpp"
#include "emulator/machine/saturate.hpp"

namespace cw::amd {

// Too large for f16: infinity, or with FP16_OVFL the largest number; infinities stay.
CW_LANE f16 to_half(f32 a, Mode mode) {
  const f16 half = static_cast<f16>(a);
  return mode.saturates && is_infinite(half) && !is_infinite(a) ? signed_bits<f16>(0x7bff, is_negative(a)) : half;
}

// `value` has no fraction. Both ends of the range are powers of two away from 0, or just below one: they are compared exactly.
template <typename To, typename From>
CW_LANE To saturated(From value) {
  constexpr From kEnd = From(2) * static_cast<From>(u64{1} << (8 * sizeof(To) - 2)) * (std::is_signed_v<To> ? From(1) : From(2));
  if (value >= kEnd) return highest<To>;
  if (value < static_cast<From>(lowest<To>)) return lowest<To>;
  return is_nan(value) ? To(0) : static_cast<To>(value);
}

// Towards zero: infinities stay, what is too large becomes the largest number. The fraction is cut off, in denormals more of it.
CW_LANE f16 cut_off(f32 a) {
  if (is_nan(a)) return static_cast<f16>(a);
  const u32 magnitude = magnitude_bits(a);
  const u32 normal = (magnitude >> 13) - (112u << 10);
  const int shift = 126 - exponent_field(a);  // of the significand, down to units of 2^-24
  const u32 denormal = shift > 31 ? 0 : ((magnitude & 0x7fffff) | 0x800000) >> (shift & 31);
  const u32 finite = magnitude >= 0x47800000 ? 0x7bff : magnitude >= 0x38800000 ? normal : denormal;
  return signed_bits<f16>(static_cast<u16>(is_infinite(a) ? 0x7c00 : finite), is_negative(a));
}

}  // namespace cw::amd
