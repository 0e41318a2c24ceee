// 8-bit floating-point numbers: E4M3 and E5M2, of OCP on gfx12, with a bias one higher, no infinity and no -0 on gfx942 (FNUZ).
#pragma once

#include "emulator/machine/modifiers.hpp"
#include "emulator/records/matrix_numbers.hpp"

namespace cw::amd {

using matrix::Float8;
using matrix::float8;
using matrix::float8_format;

// What is not a number, and what is too large for the format when it does not saturate.
inline u32 nan8(const Float8& format) { return format.finite_only ? 0x80 : 0x7f; }
inline u32 largest8(const Float8& format) { return format.finite_only ? 0x7f : format.mantissa == 3 ? 0x7e : 0x7b; }
inline u32 overflow8(const Float8& format, bool saturates, u32 sign) {
  if (saturates) return sign | largest8(format);
  if (format.finite_only) return nan8(format);
  return sign | (format.mantissa == 3 ? 0x7f : 0x7c);
}

enum class Rounding : u8 { kNearestEven, kCut };

inline u32 to_float8(const Float8& format, f32 value, bool saturates, Rounding rounding = Rounding::kNearestEven) {
  const u32 sign = is_negative(value) ? 0x80 : 0;
  if (is_nan(value)) return nan8(format) | (format.finite_only ? 0 : sign);
  if (is_infinite(value)) return overflow8(format, false, sign);
  const i32 lowest = 1 - format.bias;  // exponent of the smallest normal number
  const i32 own = exponent_field(value) - 127, exponent = own > lowest ? own : lowest;
  const i32 unit = exponent - static_cast<i32>(format.mantissa);
  const f64 steps = static_cast<f64>(__builtin_fabsf(value)) * bits<f64>(static_cast<u64>(1023 - unit) << 52);
  const f64 whole = rounding == Rounding::kCut ? __builtin_trunc(steps) : __builtin_roundeven(steps);
  const u32 encoded = static_cast<u32>(whole) + (static_cast<u32>(exponent - lowest) << format.mantissa);
  if (encoded > largest8(format)) return overflow8(format, saturates, sign);
  return format.finite_only && encoded == 0 ? 0 : sign | encoded;
}

// Stochastic: random bits are added below the fraction bits that the format has, and the rest of the sum is cut off. AMD's text
// lets the fraction wrap without a carry and rounds to nearest afterwards, which would not be unbiased; not checked against
// hardware.
inline u32 to_float8(const Float8& format, f32 value, bool saturates, u32 random) {
  if (magnitude_bits(value) >= kInfinityBits<f32>) return to_float8(format, value, saturates);
  const f32 moved = bits<f32>(bits<u32>(value) + (random >> (9 + format.mantissa)));
  return to_float8(format, moved, saturates, Rounding::kCut);
}

}  // namespace cw::amd
