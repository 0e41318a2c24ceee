// What the headers of the 8-, 6- and 4-bit formats share: conversions from each source type, pairs, and integers. Part of them.
#ifndef CROSSWARP_FP_NARROW_FUNCTIONS_H
#define CROSSWARP_FP_NARROW_FUNCTIONS_H

#include "../../cuda_bf16.h"
#include "../../cuda_fp16.h"
#include "narrow.h"

namespace __cw {
CW_HOST_DEVICE rounding rounding_of(enum cudaRoundMode mode) {
  return mode == cudaRoundZero ? to_zero : mode == cudaRoundPosInf ? up : mode == cudaRoundMinInf ? down : to_nearest;
}
// Every source type as a float or double, exactly.
CW_HOST_DEVICE float widened(float value) { return value; }
CW_HOST_DEVICE double widened(double value) { return value; }
CW_HOST_DEVICE float widened(__half_raw value) { return f16::to(value.x); }
CW_HOST_DEVICE float widened(__nv_bfloat16_raw value) { return bf16::to(value.x); }
CW_HOST_DEVICE __half_raw half_raw(unsigned short bits) {
  __half_raw raw;
  raw.x = bits;
  return raw;
}
CW_HOST_DEVICE __half2_raw half2_raw(unsigned short low, unsigned short high) {
  __half2_raw raw;
  raw.x = low;
  raw.y = high;
  return raw;
}
}  // namespace __cw

#endif
