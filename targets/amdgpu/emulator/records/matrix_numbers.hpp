// Number formats of matrix elements, and what they are in the type in which the products are summed.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd::matrix {

enum class Number : u8 { kF64, kF32, kXf32, kF16, kBf16, kFp8, kBf8, kI8, kI4 };

constexpr unsigned width(Number n) {
  switch (n) {
    case Number::kF64:
      return 64;
    case Number::kF32:
    case Number::kXf32:
      return 32;
    case Number::kF16:
    case Number::kBf16:
      return 16;
    case Number::kI4:
      return 4;
    default:
      return 8;
  }
}

template <Number N>
struct SumOf {
  using Type = f32;
};
template <>
struct SumOf<Number::kF64> {
  using Type = f64;
};
template <>
struct SumOf<Number::kI8> {
  using Type = i32;
};
template <>
struct SumOf<Number::kI4> {
  using Type = i32;
};
template <Number N>
using Sum = typename SumOf<N>::Type;

// An 8-bit float: 1 sign bit, `mantissa` bits of fraction, the rest exponent.
struct Float8 {
  u32 mantissa;
  i32 bias;
  bool finite_only;  // FNUZ: no infinity, one NaN in the place of -0
};

// gfx942 has the FNUZ formats, gfx12 those of OCP: E4M3 without infinities (NaN is all ones), E5M2 as IEEE would have it.
inline Float8 float8_format(Isa isa, bool bf8) {
  const bool fnuz = isa == Isa::kGfx942;
  return {bf8 ? 2u : 3u, (bf8 ? 15 : 7) + (fnuz ? 1 : 0), fnuz};
}

inline bool is_nan8(const Float8& format, u32 raw) {
  if (format.finite_only) return raw == 0x80;
  return format.mantissa == 3 ? (raw & 0x7f) == 0x7f : (raw & 0x7f) > 0x7c;
}

inline f32 float8(const Float8& format, u32 raw) {
  if (is_nan8(format, raw)) return bits<f32>(0x7fc00000u);
  const bool infinite = !format.finite_only && format.mantissa == 2 && (raw & 0x7f) == 0x7c;
  const u32 exponent = (raw & 0x7f) >> format.mantissa;
  const u32 fraction = raw & ((1u << format.mantissa) - 1);
  const u32 significand = exponent == 0 ? fraction : fraction | 1u << format.mantissa;
  const i32 scale = static_cast<i32>(exponent == 0 ? 1 : exponent) - format.bias - static_cast<i32>(format.mantissa);
  const f32 magnitude =
      infinite ? __builtin_inff() : static_cast<f32>(significand) * bits<f32>(static_cast<u32>(scale + 127) << 23);
  return raw & 0x80 ? -magnitude : magnitude;
}

// XF32 keeps 10 bits of the fraction. AMD does not say how the others go; gfx942 cuts them off (measured: MMA-Sim, arXiv
// 2511.10909). A NaN stays one.
inline f32 xf32(u32 raw) {
  const bool is_nan = (raw & 0x7fffffffu) > 0x7f800000u;
  return bits<f32>((raw & ~0x1fffu) | (is_nan ? 0x400000u : 0));
}

// How the elements of one operand are read.
struct Reading {
  bool is_signed = true;          // integers
  bool flush = false;             // denormals become 0
  bool negate[2] = {};            // elements at even and at odd places
  Float8 format = {3, 7, false};  // kFp8 and kBf8
};

inline f32 flush_f32(f32 v) { return (bits<u32>(v) & 0x7f800000u) == 0 ? bits<f32>(bits<u32>(v) & 0x80000000u) : v; }

inline f32 half(u16 raw, bool flush) {
  return static_cast<f32>(bits<f16>(flush && (raw & 0x7c00) == 0 ? static_cast<u16>(raw & 0x8000) : raw));
}

inline f32 brain(u16 raw, bool flush) {
  const f32 v = bits<f32>(u32{raw} << 16);
  return flush ? flush_f32(v) : v;
}

inline u16 to_brain(f32 v) {
  const u32 raw = bits<u32>(v);
  if ((raw & 0x7fffffffu) > 0x7f800000u) return static_cast<u16>(raw >> 16 | 0x40);
  return static_cast<u16>((raw + 0x7fffu + (raw >> 16 & 1)) >> 16);
}

inline i32 integer(u32 raw, unsigned width, bool is_signed) {
  const unsigned unused = 32 - width;
  return is_signed ? static_cast<i32>(raw << unused) >> unused : static_cast<i32>(raw << unused >> unused);
}

template <Number N>
inline Sum<N> number(u64 raw, const Reading& reading) {
  const u32 low = static_cast<u32>(raw);
  if constexpr (N == Number::kF64) return bits<f64>(raw);
  if constexpr (N == Number::kF32) return bits<f32>(low);
  if constexpr (N == Number::kXf32) return xf32(low);
  if constexpr (N == Number::kF16) return half(static_cast<u16>(low), reading.flush);
  if constexpr (N == Number::kBf16) return brain(static_cast<u16>(low), reading.flush);
  if constexpr (N == Number::kFp8 || N == Number::kBf8) return float8(reading.format, low);
  if constexpr (N == Number::kI8 || N == Number::kI4) return integer(low, width(N), reading.is_signed);
}

}  // namespace cw::amd::matrix
