// Bits of binary16 and bfloat16 from and to float, with every rounding mode, in integer arithmetic: any compiler, any target.
#ifndef CROSSWARP_FP_CONVERT_H
#define CROSSWARP_FP_CONVERT_H

#include "../device/qualifiers.h"

namespace __cw {
enum rounding { to_nearest, to_zero, up, down };

// Whether a magnitude cut off after its last kept bit goes up. `rest` is what was cut, `half` the middle of its range.
template <class Word>
CW_HOST_DEVICE bool rounds_up(rounding mode, bool negative, bool odd, Word rest, Word half) {
  if (mode == to_nearest) return rest > half || (rest == half && odd);
  return rest != 0 && mode != to_zero && (mode == down) == negative;
}
CW_HOST_DEVICE unsigned short bf16_from(float value, rounding mode) {
  const unsigned bits = bits_as<unsigned>(value), magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return 0x7fff;
  if (magnitude == 0x7f800000u) return (unsigned short)(bits >> 16);
  return (unsigned short)((bits >> 16) + rounds_up(mode, bits >> 31 != 0, bits >> 16 & 1, bits & 0xffffu, 0x8000u));
}
CW_HOST_DEVICE float bf16_to(unsigned short bits) { return bits_as<float>((unsigned)bits << 16); }

CW_HOST_DEVICE unsigned short f16_from(float value, rounding mode) {
  const unsigned bits = bits_as<unsigned>(value), magnitude = bits & 0x7fffffffu, sign = bits >> 16 & 0x8000u;
  const bool negative = sign != 0;
  if (magnitude > 0x7f800000u) return 0x7fff;
  if (magnitude == 0x7f800000u) return (unsigned short)(sign | 0x7c00u);
  // Past the largest finite value: infinity, or that value where the mode points back.
  if (magnitude >= 0x47800000u) {
    return (unsigned short)(sign | (mode == to_nearest || (mode != to_zero && (mode == down) == negative) ? 0x7c00u : 0x7bffu));
  }
  unsigned mantissa, cut;
  if (magnitude >= 0x38800000u) {  // normal: 13 bits fewer, another bias
    mantissa = magnitude - 0x38000000u;
    cut = 13;
  } else if (magnitude >= 0x32800000u) {  // subnormal: the implicit bit becomes visible
    mantissa = (magnitude & 0x7fffffu) | 0x800000u;
    cut = 126 - (magnitude >> 23);
  } else {  // below half of the smallest subnormal
    return (unsigned short)(sign | rounds_up(mode, negative, false, magnitude, 0x7fffffffu));
  }
  const unsigned kept = mantissa >> cut, rest = mantissa & ((1u << cut) - 1u);
  return (unsigned short)(sign | (kept + rounds_up(mode, negative, kept & 1, rest, 1u << (cut - 1))));
}
CW_HOST_DEVICE float f16_to(unsigned short half) {
  const unsigned sign = (unsigned)(half & 0x8000u) << 16, magnitude = half & 0x7fffu;
  if (magnitude > 0x7c00u) return bits_as<float>(0x7fffffffu);  // the canonical NaN
  if (magnitude == 0x7c00u) return bits_as<float>(sign | 0x7f800000u);
  if (magnitude >= 0x400u) return bits_as<float>(sign | ((magnitude << 13) + 0x38000000u));
  const float tiny = (float)magnitude * 5.9604644775390625e-8f;  // units of 2^-24: exact
  return sign ? -tiny : tiny;
}

// Rounds to odd, so that a second rounding to a narrower type is right: the last bit is set when anything was lost.
CW_HOST_DEVICE float odd_float(double value) {
  const float nearest = (float)value;
  const double back = (double)nearest;
  unsigned bits = bits_as<unsigned>(nearest);
  // Only a finite, non-zero result can be inexact; step back to the truncated value, then set its last bit.
  if (back == value || nearest != nearest) return nearest;
  const bool too_far = value > 0 ? back > value : back < value;
  if (too_far) bits -= 1;
  return bits_as<float>(bits | 1u);
}
// a + b and a * b + c as floats rounded to odd, for floats whose product is exact in double.
CW_HOST_DEVICE double odd_sum(double a, double b) {
  double sum = a + b;
  const double virtual_b = sum - a, error = (a - (sum - virtual_b)) + (b - virtual_b);
  if (error != 0 && error == error && (bits_as<unsigned long long>(sum) & 1) == 0) {
    // The exact sum lies beside `sum`, which is even: its odd neighbour on that side.
    const bool away = (error > 0) == (sum > 0);
    sum = bits_as<double>(bits_as<unsigned long long>(sum) + (away ? 1ull : ~0ull));
  }
  return sum;
}
}  // namespace __cw

#endif
