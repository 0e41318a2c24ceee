// Arithmetic in any rounding mode by integer work: exact results in 128 bits with a sticky last bit, rounded once.
//
// No target has per-instruction rounding modes but NVIDIA's; integers give the same bits everywhere.
#pragma once

#include "math/core.h"

namespace cw {

enum class Mode { nearest, zero, up, down };

// significand * 2^exponent; bit 0 of the significand may stand for everything below it.
struct Exact {
  bool negative;
  int exponent;
  u128 significand;
};

CW_INLINE int leading_zeros(u128 x) {
  uint64_t high = static_cast<uint64_t>(x >> 64), low = static_cast<uint64_t>(x);
  if (high) return __builtin_clzll(high);
  return low ? 64 + __builtin_clzll(low) : 128;
}

// x >> count, the lost bits or-ed into bit 0.
CW_INLINE u128 shift_right_sticky(u128 x, int count) {
  if (count <= 0) return x;
  if (count > 127) return x != 0;
  return x >> count | ((x << (128 - count)) != 0);
}

template <Mode mode>
CW_INLINE bool rounds_away(bool negative, bool odd, u128 rest, u128 half) {
  if constexpr (mode == Mode::zero) return false;
  if constexpr (mode == Mode::up) return !negative && rest;
  if constexpr (mode == Mode::down) return negative && rest;
  return rest > half || (rest == half && odd);
}

template <class T, Mode mode>
CW_INLINE T overflow(bool negative) {
  bool infinite = rounds_away<mode>(negative, true, 2, 1);
  BitsOf<T> b = bits(infinity<T>()) - (infinite ? 0 : 1);
  return from_bits<T>(b | static_cast<BitsOf<T>>(negative) << (Format<T>::width - 1));
}

// The nearest T in the rounding mode.
template <class T, Mode mode>
CW_INLINE T round_to(Exact x) {
  constexpr int digits = Format<T>::digits, bias = Format<T>::bias;
  BitsOf<T> sign = static_cast<BitsOf<T>>(x.negative) << (Format<T>::width - 1);
  if (!x.significand) return from_bits<T>(sign);
  int zeros = leading_zeros(x.significand);
  u128 s = x.significand << zeros;
  int top = x.exponent - zeros + 127;
  if (top > bias) return overflow<T, mode>(x.negative);
  bool normal = top >= 1 - bias;
  int dropped = 128 - digits + (normal ? 0 : 1 - bias - top);
  // Below half of the smallest number: keep only the fact that it is not zero.
  u128 kept = dropped < 128 ? s >> dropped : 0;
  u128 half = u128{1} << 127;
  u128 rest = dropped < 128 ? s << (128 - dropped) : (dropped == 128 ? s : 1);
  BitsOf<T> field = normal ? static_cast<BitsOf<T>>(top + bias - 1) << (digits - 1) : 0;
  // A carry out of the significand increments the exponent field, up to infinity.
  BitsOf<T> magnitude = field + static_cast<BitsOf<T>>(kept) + rounds_away<mode>(x.negative, kept & 1, rest, half);
  return from_bits<T>(sign | magnitude);
}

// Finite x as significand and exponent.
template <class T>
CW_INLINE Exact exact(T x) {
  constexpr int digits = Format<T>::digits;
  BitsOf<T> b = bits(x);
  int field = static_cast<int>(b >> (digits - 1)) & (2 * Format<T>::bias + 1);
  BitsOf<T> fraction = b & ((BitsOf<T>{1} << (digits - 1)) - 1);
  u128 significand = fraction | static_cast<BitsOf<T>>(field != 0) << (digits - 1);
  return {is_negative(x), (field ? field : 1) - Format<T>::bias - (digits - 1), significand};
}

CW_INLINE Exact product(Exact a, Exact b) {
  return {a.negative != b.negative, a.exponent + b.exponent, a.significand * b.significand};
}

// Leading bit to position 126: sums of two such numbers do not overflow.
CW_INLINE Exact align(Exact x) {
  int zeros = leading_zeros(x.significand) - 1;
  return {x.negative, x.exponent - zeros, x.significand << zeros};
}

// a + b, neither zero; an exact zero is negative only when rounding down.
template <Mode mode>
CW_INLINE Exact sum(Exact a, Exact b) {
  a = align(a);
  b = align(b);
  bool b_larger = b.exponent > a.exponent || (b.exponent == a.exponent && b.significand > a.significand);
  Exact large = b_larger ? b : a, small = b_larger ? a : b;
  u128 shifted = shift_right_sticky(small.significand, large.exponent - small.exponent);
  u128 s = large.negative == small.negative ? large.significand + shifted : large.significand - shifted;
  return {s ? large.negative : mode == Mode::down, large.exponent, s};
}

// The sum of two zeros.
template <class T, Mode mode>
CW_INLINE T zero_sum(T a, T b) {
  bool negative = is_negative(a) == is_negative(b) ? is_negative(a) : mode == Mode::down;
  return negative ? T(-0.0) : T(0);
}

// Whether x is zero: as the processor's mode sees subnormal numbers, or with `kept` by the bits.
template <bool kept, class T>
CW_INLINE bool is_zero(T x) {
  if constexpr (kept) return static_cast<BitsOf<T>>(bits(x) << 1) == 0;
  return x == T(0);
}

template <class T, Mode mode, bool kept = false>
CW_INLINE T fma_rounded(T a, T b, T c) {
  if (!is_finite(a) || !is_finite(b)) return a * b + c;
  if (!is_finite(c)) return c;
  if (is_zero<kept>(a) || is_zero<kept>(b)) return is_zero<kept>(c) ? zero_sum<T, mode>(a * b, c) : c;
  Exact p = product(exact(a), exact(b));
  return round_to<T, mode>(is_zero<kept>(c) ? p : sum<mode>(p, exact(c)));
}

template <class T, Mode mode, bool kept = false>
CW_INLINE T add_rounded(T a, T b) {
  if (!is_finite(a) || !is_finite(b)) return a + b;
  if (is_zero<kept>(a)) return is_zero<kept>(b) ? zero_sum<T, mode>(a, b) : b;
  return is_zero<kept>(b) ? a : round_to<T, mode>(sum<mode>(exact(a), exact(b)));
}

template <class T, Mode mode>
CW_INLINE T mul_rounded(T a, T b) {
  if (!is_finite(a) || !is_finite(b)) return a * b;
  return round_to<T, mode>(product(exact(a), exact(b)));
}

// A quotient or root q of normal size, |q| in [0.5, 2], with the sign of the exact result minus q.
template <class T>
CW_INLINE Exact with_remainder(bool negative, T q, T rest, int exponent) {
  constexpr int digits = Format<T>::digits;
  uint64_t significand = static_cast<uint64_t>(q * power_of_two<T>(digits)) * 4;
  significand += rest > T(0) ? 1 : (rest < T(0) ? -1 : 0);
  return {negative, exponent - digits - 2, significand};
}

template <class T, Mode mode>
CW_INLINE T div_rounded(T a, T b) {
  if (!is_finite(a) || !is_finite(b) || a == T(0) || b == T(0)) return a / b;
  int ea, eb;
  T ma = normalize(abs(a), ea), mb = normalize(abs(b), eb);
  T q = ma / mb;
  return round_to<T, mode>(with_remainder(is_negative(a) != is_negative(b), q, fma(-q, mb, ma), ea - eb));
}

template <class T, Mode mode>
CW_INLINE T sqrt_rounded(T x) {
  if (!(x > T(0)) || !is_finite(x)) return sqrt(x);
  int e;
  T m = normalize(x, e);
  bool odd = e & 1;
  T r = odd ? m + m : m;
  T s = sqrt(r);
  return round_to<T, mode>(with_remainder(false, s, fma(-s, s, r), (e - odd) / 2));
}

}  // namespace cw
