// Arithmetic on binary16 bits: native on the device, through float on the host (float's 24 bits make + - * / right after one
// rounding).
#ifndef CROSSWARP_FP_HALF_PRIMITIVES_H
#define CROSSWARP_FP_HALF_PRIMITIVES_H

#include "convert.h"

namespace __cw {
struct f16 {
  typedef unsigned short bits;
  static const unsigned short infinity = 0x7c00;
  static const unsigned short one = 0x3c00;
#if defined(__CUDA_ARCH__)
  static __device__ __inline__ float to(bits x) { return (float)bits_as<_Float16>(x); }
  static __device__ __inline__ bits from(float x) { return bits_as<bits>((_Float16)x); }
  static __device__ __inline__ bits from(double x) { return bits_as<bits>((_Float16)x); }
  static __device__ __inline__ bits add(bits a, bits b) { return bits_as<bits>(bits_as<_Float16>(a) + bits_as<_Float16>(b)); }
  static __device__ __inline__ bits sub(bits a, bits b) { return bits_as<bits>(bits_as<_Float16>(a) - bits_as<_Float16>(b)); }
  static __device__ __inline__ bits mul(bits a, bits b) { return bits_as<bits>(bits_as<_Float16>(a) * bits_as<_Float16>(b)); }
  static __device__ __inline__ bits div(bits a, bits b) { return bits_as<bits>(bits_as<_Float16>(a) / bits_as<_Float16>(b)); }
  static __device__ __inline__ bits fma(bits a, bits b, bits c) {
    return bits_as<bits>(__builtin_elementwise_fma(bits_as<_Float16>(a), bits_as<_Float16>(b), bits_as<_Float16>(c)));
  }
#else
  static __host__ __device__ __inline__ float to(bits x) { return f16_to(x); }
  static __host__ __device__ __inline__ bits from(float x) { return f16_from(x, to_nearest); }
  static __host__ __device__ __inline__ bits from(double x) { return f16_from(odd_float(x), to_nearest); }
  static __host__ __device__ __inline__ bits add(bits a, bits b) { return from(to(a) + to(b)); }
  static __host__ __device__ __inline__ bits sub(bits a, bits b) { return from(to(a) - to(b)); }
  static __host__ __device__ __inline__ bits mul(bits a, bits b) { return from(to(a) * to(b)); }
  static __host__ __device__ __inline__ bits div(bits a, bits b) { return from(to(a) / to(b)); }
  static __host__ __device__ __inline__ bits fma(bits a, bits b, bits c) {
    return from(odd_sum((double)to(a) * (double)to(b), (double)to(c)));
  }
#endif
  static __host__ __device__ __inline__ bits from(float x, rounding mode) { return f16_from(x, mode); }
};

// bfloat16: everything through float, one rounding, on every target alike.
struct bf16 {
  typedef unsigned short bits;
  static const unsigned short infinity = 0x7f80;
  static const unsigned short one = 0x3f80;
  static __host__ __device__ __inline__ float to(bits x) { return bf16_to(x); }
  static __host__ __device__ __inline__ bits from(float x) { return bf16_from(x, to_nearest); }
  static __host__ __device__ __inline__ bits from(double x) { return bf16_from(odd_float(x), to_nearest); }
  static __host__ __device__ __inline__ bits from(float x, rounding mode) { return bf16_from(x, mode); }
  static __host__ __device__ __inline__ bits add(bits a, bits b) { return from(to(a) + to(b)); }
  static __host__ __device__ __inline__ bits sub(bits a, bits b) { return from(to(a) - to(b)); }
  static __host__ __device__ __inline__ bits mul(bits a, bits b) { return from(to(a) * to(b)); }
  static __host__ __device__ __inline__ bits div(bits a, bits b) { return from(to(a) / to(b)); }
  static __host__ __device__ __inline__ bits fma(bits a, bits b, bits c) {
    return from(odd_sum((double)to(a) * (double)to(b), (double)to(c)));
  }
};
}  // namespace __cw

#endif
