// What every file of the device math library shares: naming, IEEE basic operations, bit access, double-length sums.
//
// The library is one C++ source set for every target. Results have the same bits everywhere because it uses nothing
// but IEEE +, -, *, /, fma, sqrt, conversions and rounding to integer, and is compiled with -ffp-contract=off.
#pragma once

#include <stdint.h>

#include "math/coefficients.h"

// Defines a function whose symbol is `__cw.math.<label>`: CW_MATH("sin.f32", float, sin_f32, (float x)) { ... }
#define CW_MATH(label, result, name, parameters)                 \
  extern "C" result name parameters __asm__("__cw.math." label); \
  extern "C" result name parameters

// The same, but a target's device library may define the symbol itself, with an instruction that does it.
#define CW_MATH_WEAK(label, result, name, parameters)            \
  extern "C" result name parameters __asm__("__cw.math." label); \
  extern "C" [[gnu::weak]] result name parameters

// Both types of a function of one argument, of two: CW_MATH_1(sin, cw::sin(x))
#define CW_MATH_1(function, expression)                                              \
  CW_MATH(#function ".f32", float, function##_f32, (float x)) { return expression; } \
  CW_MATH(#function ".f64", double, function##_f64, (double x)) { return expression; }
#define CW_MATH_2(function, expression)                                                       \
  CW_MATH(#function ".f32", float, function##_f32, (float x, float y)) { return expression; } \
  CW_MATH(#function ".f64", double, function##_f64, (double x, double y)) { return expression; }

#define CW_INLINE [[gnu::always_inline]] static inline

// A path that few arguments take. On CPUs it is a call, so that nothing computes it for all arguments: LLVM would make vectors of
// its 128-bit integers. A loop with such a call is not vectorised. GPUs branch at less cost than they call.
#if defined(__AMDGCN__) || defined(__NVPTX__)
#define CW_RARE CW_INLINE
#else
#define CW_RARE [[gnu::noinline, gnu::cold, gnu::const]] static
#endif

#ifdef __AMDGCN__
extern "C" {
__attribute__((const)) float cw_ldexp_f32(float, int) __asm__("llvm.ldexp.f32.i32");
__attribute__((const)) double cw_ldexp_f64(double, int) __asm__("llvm.ldexp.f64.i32");
}
#endif

namespace cw {

using u128 = unsigned __int128;

template <class T>
struct Format;
template <>
struct Format<float> {
  using Bits = uint32_t;
  static constexpr int digits = 24, bias = 127, width = 32;
};
template <>
struct Format<double> {
  using Bits = uint64_t;
  static constexpr int digits = 53, bias = 1023, width = 64;
};
template <class T>
using BitsOf = typename Format<T>::Bits;

template <class T>
CW_INLINE BitsOf<T> bits(T x) {
  return __builtin_bit_cast(BitsOf<T>, x);
}
template <class T>
CW_INLINE T from_bits(BitsOf<T> b) {
  return __builtin_bit_cast(T, b);
}

// The builtins below become one LLVM intrinsic each.
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

template <class T>
CW_INLINE T infinity() {
  return __builtin_bit_cast(T, static_cast<BitsOf<T>>((BitsOf<T>{2} * Format<T>::bias + 1) << (Format<T>::digits - 1)));
}
template <class T>
CW_INLINE T nan() {
  return from_bits<T>(bits(infinity<T>()) | BitsOf<T>{1} << (Format<T>::digits - 2));
}
template <class T>
CW_INLINE bool is_nan(T x) {
  return x != x;
}
template <class T>
CW_INLINE bool is_finite(T x) {
  return abs(x) < infinity<T>();
}
template <class T>
CW_INLINE bool is_negative(T x) {
  return bits(x) >> (Format<T>::width - 1);
}
// `x`, or a bound if it lies outside; NaN becomes one of them.
template <class T>
CW_INLINE T clamp(T x, T low, T high) {
#ifdef __AMDGCN__
  if constexpr (sizeof(T) == 4) return __builtin_amdgcn_fmed3f(x, low, high);
#endif
  T bounded = x < high ? x : high;
  return bounded > low ? bounded : low;
}

// 2^k for an exponent of normal numbers.
template <class T>
CW_INLINE T power_of_two(int k) {
  return from_bits<T>(static_cast<BitsOf<T>>(k + Format<T>::bias) << (Format<T>::digits - 1));
}
// x * 2^k, rounded once; |k| at most twice the largest exponent, x of moderate size.
template <class T>
CW_INLINE T scale(T x, int k) {
#ifdef __AMDGCN__
  if constexpr (sizeof(T) == 4) {
    return cw_ldexp_f32(x, k);
  } else {
    return cw_ldexp_f64(x, k);
  }
#else
  int first = k >> 1;
  return x * power_of_two<T>(first) * power_of_two<T>(k - first);
#endif
}
// Splits finite x > 0 in m * 2^e, 1 <= m < 2.
template <class T>
CW_INLINE T normalize(T x, int& e) {
  constexpr int shift = Format<T>::digits - 1;
  bool subnormal = x < power_of_two<T>(1 - Format<T>::bias);
  BitsOf<T> b = bits(subnormal ? x * power_of_two<T>(shift + 1) : x);
  e = static_cast<int>(b >> shift) - Format<T>::bias - (subnormal ? shift + 1 : 0);
  return from_bits<T>((b & ((BitsOf<T>{1} << shift) - 1)) | static_cast<BitsOf<T>>(Format<T>::bias) << shift);
}

// The same for x > 0 and finite, by the instructions that a processor has for it.
template <class T>
CW_INLINE T normalize_positive(T x, int& e) {
#ifdef __AMDGCN__
  if constexpr (sizeof(T) == 4) {
    e = __builtin_amdgcn_frexp_expf(x) - 1;
    return __builtin_amdgcn_frexp_mantf(x) * T(2);
  } else {
    e = __builtin_amdgcn_frexp_exp(x) - 1;
    return __builtin_amdgcn_frexp_mant(x) * T(2);
  }
#else
  return normalize(x, e);
#endif
}

template <class T, int N>
CW_INLINE T horner(T x, const T (&c)[N]) {
  T sum = c[N - 1];
#pragma clang loop unroll(full)
  for (int i = N - 2; i >= 0; --i) sum = fma(sum, x, c[i]);
  return sum;
}
// The polynomial P of coefficients.h at x.
template <template <class> class P, class T>
CW_INLINE T poly(T x) {
  return horner(x - P<T>::center, P<T>::c);
}

// hi + lo, unevaluated, |lo| at most half an ulp of hi.
template <class T>
struct Pair {
  T hi, lo;
};
template <template <class> class C, class T>
CW_INLINE Pair<T> constant() {
  return {C<T>::c[0], C<T>::c[1]};
}
// One of two pairs, without a branch: clang makes one of `condition ? a : b`.
template <class T>
CW_INLINE Pair<T> select(bool condition, Pair<T> a, Pair<T> b) {
  return {condition ? a.hi : b.hi, condition ? a.lo : b.lo};
}
// a + b exactly; |a| >= |b| or a == 0.
template <class T>
CW_INLINE Pair<T> fast_two_sum(T a, T b) {
  T s = a + b;
  return {s, (a - s) + b};
}
// a + b exactly.
template <class T>
CW_INLINE Pair<T> two_sum(T a, T b) {
  T s = a + b, t = s - a;
  return {s, (a - (s - t)) + (b - t)};
}
// a * b exactly (barring underflow).
template <class T>
CW_INLINE Pair<T> two_product(T a, T b) {
  T p = a * b;
  return {p, fma(a, b, -p)};
}
template <class T>
CW_INLINE Pair<T> add(Pair<T> a, Pair<T> b) {
  Pair<T> s = two_sum(a.hi, b.hi);
  return fast_two_sum(s.hi, s.lo + (a.lo + b.lo));
}
template <class T>
CW_INLINE Pair<T> multiply(Pair<T> a, Pair<T> b) {
  Pair<T> p = two_product(a.hi, b.hi);
  return fast_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}
template <class T>
CW_INLINE Pair<T> divide(Pair<T> a, Pair<T> b) {
  T q = a.hi / b.hi;
  T rest = fma(-q, b.hi, a.hi) + (a.lo - q * b.lo);
  return fast_two_sum(q, rest / b.hi);
}
// Square root of a positive pair.
template <class T>
CW_INLINE Pair<T> root(Pair<T> a) {
  T s = sqrt(a.hi);
  return fast_two_sum(s, (fma(-s, s, a.hi) + a.lo) / (s + s));
}

}  // namespace cw
