// What every file of the device math library shares: naming, IEEE basic operations, bit access.
//
// The library is one C++ source set for every target. Results have the same bits everywhere because it uses nothing
// but IEEE +, -, *, /, fma, sqrt, conversions and rounding to integer, and is compiled with -ffp-contract=off.
#pragma once

#include <stdint.h>

// Defines a function whose symbol is `__cw.math.<label>`, e.g. CW_MATH("sin.f32", float, sin_f32, (float x)) { ... }
#define CW_MATH(label, result, name, parameters)                 \
  extern "C" result name parameters __asm__("__cw.math." label); \
  extern "C" result name parameters

#define CW_INLINE [[gnu::always_inline]] static inline

namespace cw {

template <class To, class From>
CW_INLINE To bit_cast(From value) {
  static_assert(sizeof(To) == sizeof(From));
  return __builtin_bit_cast(To, value);
}

CW_INLINE uint32_t bits(float x) { return bit_cast<uint32_t>(x); }
CW_INLINE uint64_t bits(double x) { return bit_cast<uint64_t>(x); }
CW_INLINE float from_bits(uint32_t b) { return bit_cast<float>(b); }
CW_INLINE double from_bits(uint64_t b) { return bit_cast<double>(b); }

// The builtins below become one LLVM intrinsic each, for both types.
template <class T>
CW_INLINE T fma(T a, T b, T c) {
  return __builtin_elementwise_fma(a, b, c);
}
template <class T>
CW_INLINE T sqrt(T x) {
  return __builtin_elementwise_sqrt(x);
}
template <class T>
CW_INLINE T floor(T x) {
  return __builtin_elementwise_floor(x);
}
template <class T>
CW_INLINE T ceil(T x) {
  return __builtin_elementwise_ceil(x);
}
template <class T>
CW_INLINE T trunc(T x) {
  return __builtin_elementwise_trunc(x);
}
// Nearest integer, ties to even.
template <class T>
CW_INLINE T rint(T x) {
  return __builtin_elementwise_roundeven(x);
}
template <class T>
CW_INLINE T abs(T x) {
  return __builtin_elementwise_abs(x);
}
template <class T>
CW_INLINE T copysign(T magnitude, T sign) {
  return __builtin_elementwise_copysign(magnitude, sign);
}

}  // namespace cw
