// What both narrow types' classes need. Part of cuda_fp16.h and cuda_bf16.h.
#ifndef CROSSWARP_FP_COMMON_H
#define CROSSWARP_FP_COMMON_H

#include "half_primitives.h"

// Members and free functions.
#define CW_FP __host__ __device__ __inline__ __attribute__((always_inline))
#define CW_FP_FREE CW_HOST_DEVICE

namespace __cw {
// Towards zero, to the nearest bound when out of range; NaN gives 0, or 1 << 63 as a 64-bit integer.
template <class Integer>
CW_HOST_DEVICE Integer clamped(float value) {
  const bool is_signed = (Integer)-1 < (Integer)0;
  const int bits = 8 * (int)sizeof(Integer) - (is_signed ? 1 : 0);
  const float bound = 2.0f * (float)(1ull << (bits - 1));
  const Integer largest = (Integer)(~0ull >> (64 - bits));
  if (value != value) return sizeof(Integer) == 8 ? (Integer)(1ull << 63) : (Integer)0;
  if (value >= bound) return largest;
  if (is_signed ? value < -bound : value <= -1.0f) return is_signed ? (Integer)(-largest - 1) : (Integer)0;
  return (Integer)value;
}
// The 24 highest bits of an integer, the last one set when anything below was lost: rounding that to a narrower type is right in
// every mode.
CW_HOST_DEVICE float odd_float(bool negative, unsigned long long magnitude) {
  int cut = 0;
  while (magnitude >> cut >= 1ull << 24) cut += 8;
  while (cut && magnitude >> cut < 1ull << 23) --cut;
  const unsigned long long lost = magnitude & ((1ull << cut) - 1);
  const float value = (float)(unsigned)(magnitude >> cut | (lost ? 1u : 0u)) * (float)(1ull << cut);
  return negative ? -value : value;
}
template <class Ops, class Integer>
CW_HOST_DEVICE unsigned short from_integer(Integer value, rounding mode = to_nearest) {
  const bool negative = value < (Integer)0;
  const unsigned long long magnitude = negative ? 0ull - (unsigned long long)value : (unsigned long long)value;
  return Ops::from(odd_float(negative, magnitude), mode);
}
}  // namespace __cw

#endif
