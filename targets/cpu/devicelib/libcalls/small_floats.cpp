// Conversions of half and bfloat16 that processors lack, under the names of the compiler's run-time library.
#include <stdint.h>

namespace {

// Rounds the double with these bits to a format with `mantissa` bits and `exponent` bits, nearest even; returns its encoding.
inline uint16_t round_to(double x, int mantissa, int exponent) {
  const uint64_t bits = __builtin_bit_cast(uint64_t, x), absolute = bits & ~(uint64_t{1} << 63);
  const uint16_t sign = static_cast<uint16_t>(bits >> 63 << 15);
  const int bias = (1 << (exponent - 1)) - 1;
  const uint16_t infinity = static_cast<uint16_t>(((1 << exponent) - 1) << mantissa);
  if (absolute > uint64_t{0x7FF} << 52) {  // NaN: keep the top of the payload, quiet
    return sign | infinity | static_cast<uint16_t>(1 << (mantissa - 1)) |
           static_cast<uint16_t>((absolute & ((uint64_t{1} << 52) - 1)) >> (52 - mantissa));
  }
  const int target = static_cast<int>(absolute >> 52) - 1023 + bias;  // biased exponent in the small format
  if (target >= (1 << exponent) - 1) return sign | infinity;
  int drop = 52 - mantissa;
  uint64_t significand = absolute & ((uint64_t{1} << 52) - 1);
  if (absolute >> 52) significand |= uint64_t{1} << 52;
  if (target <= 0) drop += 1 - target;
  if (drop > 54) return sign;
  const uint64_t kept = significand >> drop, half = uint64_t{1} << (drop - 1), rest = significand & (half * 2 - 1);
  const uint64_t rounded = kept + (rest > half || (rest == half && (kept & 1)));
  // A carry out of the mantissa raises the exponent by itself; the hidden bit counts for one.
  const uint64_t base = target > 0 ? static_cast<uint64_t>(target - 1) << mantissa : 0;
  return sign | static_cast<uint16_t>(base + rounded);
}

inline float widen(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16, exponent = half >> 10 & 31, mantissa = half & 1023;
  if (exponent == 31) return __builtin_bit_cast(float, sign | 0x7F800000 | mantissa << 13);
  if (exponent) return __builtin_bit_cast(float, sign | (exponent + 112) << 23 | mantissa << 13);
  const float value = static_cast<float>(mantissa) * 0x1p-24f;
  return sign ? -value : value;
}

}  // namespace

extern "C" {
#define CW_HALF(encoding) __builtin_bit_cast(_Float16, static_cast<uint16_t>(encoding))
#define CW_BFLOAT(encoding) __builtin_bit_cast(__bf16, static_cast<uint16_t>(encoding))
_Float16 __truncsfhf2(float x) { return CW_HALF(round_to(static_cast<double>(x), 10, 5)); }
_Float16 __truncdfhf2(double x) { return CW_HALF(round_to(x, 10, 5)); }
float __extendhfsf2(_Float16 x) { return widen(__builtin_bit_cast(uint16_t, x)); }
__bf16 __truncsfbf2(float x) { return CW_BFLOAT(round_to(static_cast<double>(x), 7, 8)); }
__bf16 __truncdfbf2(double x) { return CW_BFLOAT(round_to(x, 7, 8)); }
}
