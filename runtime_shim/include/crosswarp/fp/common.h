// What both narrow types' classes need. Part of cuda_fp16.h and cuda_bf16.h.
#ifndef CROSSWARP_FP_COMMON_H
#define CROSSWARP_FP_COMMON_H

#include "half_primitives.h"

// Members and free functions.
#define CW_FP __host__ __device__ __inline__ __attribute__((always_inline))
#define CW_FP_FREE CW_HOST_DEVICE

namespace __cw {
// Towards zero, to the nearest bound when out of range; NaN gives 0.
template <class Integer>
CW_HOST_DEVICE Integer clamped(float value) {
  const bool is_signed = (Integer)-1 < (Integer)0;
  const int bits = 8 * (int)sizeof(Integer) - (is_signed ? 1 : 0);
  const float bound = 2.0f * (float)(1ull << (bits - 1));
  const Integer largest = (Integer)(~0ull >> (64 - bits));
  if (value != value) return 0;
  if (value >= bound) return largest;
  if (is_signed ? value < -bound : value <= -1.0f) return is_signed ? (Integer)(-largest - 1) : (Integer)0;
  return (Integer)value;
}
// Rounded once: what lies beyond a double's 53 bits is folded into its last bit.
template <class Ops>
CW_HOST_DEVICE unsigned short from_integer(bool negative, unsigned long long magnitude) {
  if (magnitude >> 53) magnitude = (magnitude & ~0xffffull) | (magnitude & 0xffffull ? 0x10000ull : 0ull);
  const double value = (double)magnitude;
  return Ops::from(negative ? -value : value);
}
}  // namespace __cw

#endif
