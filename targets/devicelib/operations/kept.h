// f32 operations that keep subnormal numbers whatever the processor's mode: PTX's forms without `.ftz` in a module compiled with
// `-ftz=true`.
//
// Where no argument and no result can be subnormal, the plain instruction is right; otherwise double computes: it has more than
// twice the digits, so that rounding its result again is harmless, and no subnormal number of float is one of double.
#pragma once

#include "math/rounding.h"

namespace cw {

CW_INLINE uint32_t exponent_bits(float x) { return bits(x) & 0x7f800000u; }
CW_INLINE bool is_subnormal(float x) { return !exponent_bits(x) && bits(x) << 1; }
// A result of normal size that no processor would have flushed; the smallest normal number may have been rounded up to.
CW_INLINE bool is_settled(float x) { return exponent_bits(x) && bits(x) << 1 != 0x01000000u; }

CW_INLINE float with_sign_of(uint32_t size, double x) { return from_bits<float>(size | (is_negative(x) ? 1u << 31 : 0u)); }

// The exact double.
CW_INLINE double widen_kept(float x) {
  if (!is_subnormal(x)) return x;
  double size = static_cast<double>(bits(x) & 0x7fffffu) * 0x1p-149;
  return is_negative(x) ? -size : size;
}

// The nearest float: below the normal numbers, as a count of the smallest one.
CW_INLINE float narrow_kept(double x) {
  if (!(abs(x) < 0x1p-126)) return static_cast<float>(x);
  return with_sign_of(static_cast<uint32_t>(rint(abs(x) * 0x1p149)), x);
}

// a + b rounded to odd, so that a second rounding is right: the last bit is set when anything was lost.
CW_INLINE double sum_to_odd(double a, double b) {
  Pair<double> s = two_sum(a, b);
  if (!is_finite(s.hi) || s.lo == 0 || bits(s.hi) & 1) return s.hi;
  return from_bits<double>(bits(s.hi) + ((s.lo > 0) == (s.hi > 0) ? 1 : ~uint64_t{0}));
}

// The float towards zero, its last bit set when anything was lost; what is too large becomes the largest, which is odd.
CW_INLINE float round_to_odd(double x) {
  if (!is_finite(x)) return static_cast<float>(x);
  double size = abs(x);
  if (size >= 0x1p128) return with_sign_of(0x7f7fffffu, x);
  if (size < 0x1p-126) {
    double units = size * 0x1p149, whole = trunc(units);
    return with_sign_of(static_cast<uint32_t>(whole) | (whole != units), x);
  }
  uint64_t rebiased = bits(size) - (uint64_t{1023 - 127} << 52);
  return with_sign_of(static_cast<uint32_t>(rebiased >> 29) | ((rebiased & 0x1fffffffu) != 0), x);
}

// `plain` where nothing is subnormal, otherwise `slow`.
template <class Slow, class... Values>
CW_INLINE float settled(float plain, Slow slow, Values... values) {
  return is_settled(plain) && !(is_subnormal(values) || ...) ? plain : slow(values...);
}

}  // namespace cw
