// Floating-point numbers as bits: what kind of number one is, and roundings that the processor has no instruction for.
#pragma once

#include <type_traits>

#include "emulator/machine/types.hpp"

namespace cw::amd {

// `&&` and `||` without branches: functions of lanes vectorise then.
[[gnu::always_inline]] inline bool both(bool a, bool b) { return a & b; }
[[gnu::always_inline]] inline bool either(bool a, bool b) { return a | b; }

template <typename T>
using BitsOf = std::conditional_t<sizeof(T) == 8, u64, std::conditional_t<sizeof(T) == 4, u32, u16>>;
template <typename T>
constexpr unsigned kFractionBits = std::is_same_v<T, f64>    ? 52
                                   : std::is_same_v<T, f32>  ? 23
                                   : std::is_same_v<T, bf16> ? 7
                                                             : 10;
template <typename T>
constexpr BitsOf<T> kSignBit = static_cast<BitsOf<T>>(BitsOf<T>{1} << (8 * sizeof(T) - 1));
template <typename T>
constexpr BitsOf<T> kInfinityBits = static_cast<BitsOf<T>>(kSignBit<T> - (BitsOf<T>{1} << kFractionBits<T>));
template <typename T>
constexpr BitsOf<T> kQuietBit = static_cast<BitsOf<T>>(BitsOf<T>{1} << (kFractionBits<T> - 1));

template <typename T>
[[gnu::always_inline]] inline BitsOf<T> magnitude_bits(T value) {
  return static_cast<BitsOf<T>>(bits<BitsOf<T>>(value) & ~kSignBit<T>);
}
template <typename T>
[[gnu::always_inline]] inline bool is_negative(T value) {
  return (bits<BitsOf<T>>(value) & kSignBit<T>) != 0;
}
template <typename T>
[[gnu::always_inline]] inline bool is_nan(T value) {
  if constexpr (std::is_same_v<T, f32> || std::is_same_v<T, f64>)
    return value != value;
  else
    return magnitude_bits(value) > kInfinityBits<T>;
}
template <typename T>
[[gnu::always_inline]] inline bool is_signaling(T value) {
  return both(is_nan(value), (bits<BitsOf<T>>(value) & kQuietBit<T>) == 0);
}
template <typename T>
[[gnu::always_inline]] inline bool is_infinite(T value) {
  return magnitude_bits(value) == kInfinityBits<T>;
}
template <typename T>
[[gnu::always_inline]] inline bool is_zero(T value) {
  return magnitude_bits(value) == 0;
}
// The exponent field: 0 for zeros and denormals, all ones for infinities and NaN.
template <typename T>
[[gnu::always_inline]] inline int exponent_field(T value) {
  return static_cast<int>(magnitude_bits(value) >> kFractionBits<T>);
}
template <typename T>
[[gnu::always_inline]] inline bool is_denormal(T value) {
  return both(exponent_field(value) == 0, !is_zero(value));
}

template <typename T>
[[gnu::always_inline]] inline T quiet(T nan) {
  return bits<T>(static_cast<BitsOf<T>>(bits<BitsOf<T>>(nan) | kQuietBit<T>));
}
template <typename T>
[[gnu::always_inline]] inline T signed_bits(BitsOf<T> magnitude, bool negative) {
  return bits<T>(static_cast<BitsOf<T>>(negative ? magnitude | kSignBit<T> : magnitude));
}
template <typename T>
[[gnu::always_inline]] inline T infinity(bool negative = false) {
  return signed_bits<T>(kInfinityBits<T>, negative);
}
// What an operation without a result gives, as AMD documents it for division, square root, logarithm and sine.
template <typename T>
[[gnu::always_inline]] inline T no_number() {
  return signed_bits<T>(static_cast<BitsOf<T>>(kInfinityBits<T> | kQuietBit<T>), true);
}

// `rounded` plus a small `error` that was lost: the neighbour with an odd last bit that lies on the error's side. Rounding that to
// at least two bits less gives what rounding the exact value would have given.
template <typename T, typename Error>
[[gnu::always_inline]] inline T to_odd(T rounded, Error error) {
  const bool lost = both(either(error<Error(0), error> Error(0)), !is_infinite(rounded));
  const bool too_far = both(lost, is_negative(error) != is_negative(rounded));
  return bits<T>((bits<BitsOf<T>>(rounded) - too_far) | lost);
}
[[gnu::always_inline]] inline f32 to_odd(f64 value) {
  const f32 rounded = static_cast<f32>(value);
  return to_odd(rounded, value - static_cast<f64>(rounded));
}
// a + b to odd. The error of a sum to nearest is a number again (Knuth).
template <typename T>
[[gnu::always_inline]] inline T sum_to_odd(T a, T b) {
  const T sum = a + b, part = sum - a;
  return to_odd(sum, (a - (sum - part)) + (b - part));
}

[[gnu::always_inline]] inline f32 widened(f16 value) { return static_cast<f32>(value); }
[[gnu::always_inline]] inline f32 widened(bf16 value) { return bits<f32>(u32{bits<u16>(value)} << 16); }

// To nearest, ties to even; NaN stays NaN.
[[gnu::always_inline]] inline bf16 narrowed_bf16(f32 value) {
  const u32 b = bits<u32>(value);
  const u32 nearest = (b + 0x7fff + (b >> 16 & 1)) >> 16;
  return bits<bf16>(static_cast<u16>(is_nan(value) ? b >> 16 | 0x40 : nearest));
}

// The first operand that is a NaN is the result, quiet. The processor sees to it as well, but by its own order of operands, and the
// compiler is free to exchange those of sums and products.
template <typename T>
[[gnu::always_inline]] inline T nan_or(T a, T result) {
  return is_nan(a) ? quiet(a) : result;
}
template <typename T>
[[gnu::always_inline]] inline T nan_or(T a, T b, T result) {
  return nan_or(a, nan_or(b, result));
}
template <typename T>
[[gnu::always_inline]] inline T sum(T a, T b) {
  return nan_or(a, static_cast<T>(a + b));
}
template <typename T>
[[gnu::always_inline]] inline T product(T a, T b) {
  return nan_or(a, static_cast<T>(a * b));
}

// a * b + c rounded once. Products of the small types are exact in a larger one.
[[gnu::always_inline]] inline f16 fused(f16 a, f16 b, f16 c) {
  const f32 exact = static_cast<f32>(a) * static_cast<f32>(b);
  return nan_or(a, b, static_cast<f16>(sum_to_odd(exact, static_cast<f32>(c))));
}
[[gnu::always_inline]] inline bf16 fused(bf16 a, bf16 b, bf16 c) {
  const f64 exact = static_cast<f64>(widened(a)) * static_cast<f64>(widened(b));
  return nan_or(a, b, narrowed_bf16(to_odd(sum_to_odd(exact, static_cast<f64>(widened(c))))));
}
[[gnu::always_inline]] inline f32 fused(f32 a, f32 b, f32 c) { return nan_or(a, b, __builtin_fmaf(a, b, c)); }
[[gnu::always_inline]] inline f64 fused(f64 a, f64 b, f64 c) { return nan_or(a, b, __builtin_fma(a, b, c)); }

}  // namespace cw::amd
