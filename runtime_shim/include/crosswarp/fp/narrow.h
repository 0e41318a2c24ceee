// Floating-point formats of 8, 6 and 4 bits: encoding with one rounding from float or double, decoding, in integer arithmetic.
//
// A format says how many mantissa bits it has, its bias, the code of its largest finite magnitude, and what it makes of values
// that it cannot hold. Layouts: "OCP 8-bit Floating Point" and "OCP Microscaling Formats". Special cases: CUDA Math API, "FP8
// Conversion and Data Movement" and its likes for FP6 and FP4.
#ifndef CROSSWARP_FP_NARROW_H
#define CROSSWARP_FP_NARROW_H

#include "convert.h"

namespace __cw {
// `overflow`: the code of a magnitude past the largest, without saturation. `nan`: of a NaN, always positive.
#define CW_FORMAT(name, total_bits, mantissa_bits, exponent_bias, largest_code, overflow_code, nan_code) \
  struct name {                                                                                          \
    enum : unsigned {                                                                                    \
      bits = total_bits,                                                                                 \
      mantissa = mantissa_bits,                                                                          \
      bias = exponent_bias,                                                                              \
      largest = largest_code,                                                                            \
      overflow = overflow_code,                                                                          \
      nan = nan_code,                                                                                    \
      sign = 1u << (total_bits - 1)                                                                      \
    };                                                                                                   \
  };
CW_FORMAT(e4m3, 8, 3, 7, 0x7e, 0x7f, 0x7f)
CW_FORMAT(e5m2, 8, 2, 15, 0x7b, 0x7c, 0x7f)
// These hold finite values only.
CW_FORMAT(e2m3, 6, 3, 1, 0x1f, 0x1f, 0x1f)
CW_FORMAT(e3m2, 6, 2, 3, 0x1f, 0x1f, 0x1f)
CW_FORMAT(e2m1, 4, 1, 1, 0x07, 0x07, 0x07)
#undef CW_FORMAT

// The source: float or double as an integer.
struct float_source {
  typedef float value;
  typedef unsigned word;
  enum : int { mantissa = 23, bias = 127 };
};
struct double_source {
  typedef double value;
  typedef unsigned long long word;
  enum : int { mantissa = 52, bias = 1023 };
};

// The code of a finite magnitude, past `largest` when it is too large. The exponent sits above the mantissa, so a carry is right.
template <class Format, class Source>
CW_HOST_DEVICE typename Source::word rounded_code(typename Source::word magnitude, bool negative, rounding mode) {
  typedef typename Source::word Word;
  const int exponent = (int)(magnitude >> Source::mantissa) - Source::bias, smallest = 1 - (int)Format::bias;
  Word significand = (magnitude & (((Word)1 << Source::mantissa) - 1)) | (Word)1 << Source::mantissa;
  int cut = Source::mantissa - (int)Format::mantissa;
  if (exponent >= smallest) {
    significand += (Word)(exponent - smallest) << Source::mantissa;
  } else if (exponent >= smallest - (int)Format::mantissa - 1) {
    cut += smallest - exponent;  // subnormal
  } else {
    return rounds_up(mode, negative, false, magnitude, ~(Word)0) ? 1 : 0;
  }
  const Word kept = significand >> cut, rest = significand & (((Word)1 << cut) - 1);
  return kept + (rounds_up(mode, negative, (kept & 1) != 0, rest, (Word)1 << (cut - 1)) ? 1 : 0);
}
// NaNs of floats become one positive code. Of a double's, FP8 keeps the sign, and e5m2 the second mantissa bit, as CUDA does.
template <class Format>
CW_HOST_DEVICE unsigned char nan_code(unsigned) {
  return Format::nan;
}
template <class Format>
CW_HOST_DEVICE unsigned char nan_code(unsigned long long bits) {
  if (Format::nan <= Format::largest) return Format::nan;
  const unsigned sign = bits >> 63 ? Format::sign : 0u, second = Format::bias == 15u ? ~(unsigned)(bits >> 50) & 1u : 0u;
  return (unsigned char)(sign | (Format::nan - second));
}
template <class Format, class Source>
CW_HOST_DEVICE unsigned char encoded(typename Source::value value, bool saturate, rounding mode) {
  typedef typename Source::word Word;
  const Word bits = bits_as<Word>(value), top = (Word)1 << (8 * sizeof(Word) - 1), magnitude = bits & (top - 1);
  const Word infinity = ((top >> Source::mantissa) - 1) << Source::mantissa;
  const bool negative = (bits & top) != 0;
  if (magnitude > infinity) return nan_code<Format>(bits);
  Word code = magnitude < infinity ? rounded_code<Format, Source>(magnitude, negative, mode) : (Word)Format::largest + 1;
  if (code > Format::largest) code = saturate ? (Word)Format::largest : (Word)Format::overflow;
  return (unsigned char)(code | (negative ? (Word)Format::sign : 0));
}
template <class Format>
CW_HOST_DEVICE unsigned char encode(float value, bool saturate = true, rounding mode = to_nearest) {
  return encoded<Format, float_source>(value, saturate, mode);
}
template <class Format>
CW_HOST_DEVICE unsigned char encode(double value, bool saturate = true, rounding mode = to_nearest) {
  return encoded<Format, double_source>(value, saturate, mode);
}

// Every value of the formats is a binary16 value too.
template <class Format>
CW_HOST_DEVICE unsigned short decode_f16(unsigned code) {
  const unsigned magnitude = code & (Format::sign - 1u), sign = code & Format::sign ? 0x8000u : 0u;
  if (magnitude > Format::largest)
    return (unsigned short)(magnitude == Format::nan || Format::bias != 15u ? 0x7fffu
                            : magnitude == Format::overflow                 ? sign | 0x7c00u
                                                                            : 0x7fffu);
  const unsigned shifted = magnitude << (10 - Format::mantissa);
  if (Format::bias == 15u) return (unsigned short)(sign | shifted);
  if (magnitude >> Format::mantissa) return (unsigned short)(sign | (shifted + ((15u - Format::bias) << 10)));
  // Subnormal: the highest set bit becomes the implicit one.
  unsigned significand = magnitude, exponent = 16u - Format::bias;
  if (significand == 0) return (unsigned short)sign;
  for (; !(significand >> Format::mantissa); significand <<= 1) --exponent;
  return (unsigned short)(sign | exponent << 10 | ((significand << (10 - Format::mantissa)) & 0x3ffu));
}

// e8m0 is a scale: 2^(code - 127), 255 for NaN. Signs are ignored; rounding is towards zero or up.
CW_HOST_DEVICE unsigned char e8m0_from(double value, bool saturate, rounding mode) {
  const unsigned long long magnitude = bits_as<unsigned long long>(value) & ~(1ull << 63);
  if (magnitude > 0x7ffull << 52) return 0xff;
  int code = (int)(magnitude >> 52) - 1023 + 127;
  if (mode != to_zero && (magnitude & ((1ull << 52) - 1))) ++code;
  if (code < 0) return 0;
  if (code < 0xff) return (unsigned char)code;
  const bool stays_finite = saturate || (mode == to_zero && magnitude != 0x7ffull << 52);
  return stays_finite ? 0xfe : 0xff;
}
CW_HOST_DEVICE unsigned short e8m0_to_bf16(unsigned char code) {
  return (unsigned short)(code == 0xff ? 0x7fffu : code ? (unsigned)code << 7 : 0x40u);
}
}  // namespace __cw

#endif
