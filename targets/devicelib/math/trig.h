// Sine and cosine: argument reduction to |r| <= pi/4 and the two polynomials.
#pragma once

#include "math/core.h"

namespace cw {

template <class T>
struct SinCos {
  T sin, cos;
};

// r as a pair, and the quadrant modulo 4.
template <class T>
struct Reduced {
  Pair<T> r;
  int quadrant;
};

// Cody and Waite with fma: the first step is exact because it cancels.
template <class T>
CW_INLINE Reduced<T> reduce_moderate(T x) {
  T n = rint(x * two_over_pi<T>::c[0]);
  Pair<T> second = two_product(n, half_pi<T>::c[1]);
  Pair<T> r = two_sum(fma(-n, half_pi<T>::c[0], x), -second.hi);
  r.lo -= fma(n, half_pi<T>::c[2], second.lo);
  return {fast_two_sum(r.hi, r.lo), static_cast<int>(n) & 3};
}

// 64 bits of 2/pi, the first of them `index` bits after the binary point.
CW_INLINE uint64_t two_over_pi_bits(int index) {
  int word = index >> 5, shift = index & 31;
  uint64_t high = static_cast<uint64_t>(kTwoOverPi[word]) << 32 | kTwoOverPi[word + 1];
  return shift ? high << shift | kTwoOverPi[word + 2] >> (32 - shift) : high;
}

// m * 2^s * 2/pi modulo 4 as a fixed-point number with 2 bits before the point and 126 behind.
CW_INLINE u128 multiply_by_two_over_pi(uint64_t m, int s) {
  int first = s > 2 ? s - 2 : 0;
  u128 low = static_cast<u128>(m) * two_over_pi_bits(first + 128);
  u128 middle = static_cast<u128>(m) * two_over_pi_bits(first + 64) + static_cast<uint64_t>(low >> 64);
  u128 high = static_cast<u128>(m) * two_over_pi_bits(first) + static_cast<uint64_t>(middle >> 64);
  // The product has 192 bits behind the point, m * 2^(s - first) is the scale: bring bit 2^1 to the top.
  int shift = 62 + s - first;
  u128 upper = high << shift;
  u128 below = (static_cast<u128>(static_cast<uint64_t>(middle)) << 64) | static_cast<uint64_t>(low);
  return upper | below >> (128 - shift);
}

// Payne and Hanek: as many bits of 2/pi as the argument's exponent asks for.
template <class T>
CW_INLINE Reduced<T> reduce_large(T x) {
  constexpr int digits = Format<T>::digits;
  int e;
  T m = normalize(abs(x), e);
  uint64_t significand = static_cast<uint64_t>(m * power_of_two<T>(digits - 1));
  u128 product = multiply_by_two_over_pi(significand, e - (digits - 1));
  int quadrant = static_cast<int>(product >> 126);
  u128 fraction = product << 2;
  bool above_half = fraction >> 127;
  u128 magnitude = above_half ? -fraction : fraction;
  quadrant += above_half;
  uint64_t top = static_cast<uint64_t>(magnitude >> 64);
  int zeros = top ? __builtin_clzll(top) : 64;
  magnitude <<= zeros;
  uint64_t high = static_cast<uint64_t>(magnitude >> (128 - digits));
  uint64_t low = static_cast<uint64_t>(magnitude >> (128 - 2 * digits)) & ((uint64_t{1} << digits) - 1);
  T unit = power_of_two<T>(-digits - zeros);
  Pair<T> fraction_pair = {T(high) * unit, T(low) * unit * power_of_two<T>(-digits)};
  Pair<T> r = multiply(fraction_pair, constant<half_pi, T>());
  bool negate = is_negative(x) != above_half;
  return {{negate ? -r.hi : r.hi, negate ? -r.lo : r.lo}, (is_negative(x) ? -quadrant : quadrant) & 3};
}

// Whether `reduce_moderate` is accurate; not for NaN and infinity.
template <class T>
CW_INLINE bool is_moderate(T x) {
  return abs(x) < (sizeof(T) == 4 ? T(65536) : T(1073741824));
}

// Sine and cosine of r.hi + r.lo, |r| <= pi/4. `rest` parts are what rounding the sums lost.
template <class T>
struct SinCosPairs {
  Pair<T> sin, cos;
};
template <class T>
CW_INLINE SinCosPairs<T> sincos_reduced(Pair<T> r) {
  T z = r.hi * r.hi, half = T(0.5) * z;
  T sin_rest = fma(r.hi * z, poly<sin_poly>(z), r.lo * (T(1) - half));
  T base = T(1) - half;
  T cos_rest = ((T(1) - base) - half) + (fma(z * z, poly<cos_poly>(z), -r.hi * r.lo) - T(0.5) * fma(r.hi, r.hi, -z));
  return {fast_two_sum(r.hi, sin_rest), fast_two_sum(base, cos_rest)};
}

template <class T>
CW_INLINE SinCos<T> select_quadrant(SinCosPairs<T> values, int quadrant) {
  T s = quadrant & 1 ? values.cos.hi : values.sin.hi, c = quadrant & 1 ? values.sin.hi : values.cos.hi;
  return {quadrant & 2 ? -s : s, (quadrant + 1) & 2 ? -c : c};
}

template <class T>
CW_INLINE SinCos<T> sincos_of(Reduced<T> reduced) {
  return select_quadrant(sincos_reduced(reduced.r), reduced.quadrant);
}
template <class T>
CW_RARE T sin_large(T x) {
  return is_finite(x) ? sincos_of(reduce_large(x)).sin : nan<T>();
}
template <class T>
CW_RARE T cos_large(T x) {
  return is_finite(x) ? sincos_of(reduce_large(x)).cos : nan<T>();
}

template <class T>
CW_INLINE SinCos<T> sincos(T x) {
  bool moderate = is_moderate(x);
  T bounded = moderate ? x : T(0);
  SinCos<T> result = sincos_of(reduce_moderate(bounded));
  // Keeps the sign of zero.
  T sine = x == T(0) ? x : result.sin, cosine = result.cos;
  if (!moderate) {
    sine = sin_large(x);
    cosine = cos_large(x);
  }
  return {sine, cosine};
}

// Sine and cosine of pi*x; the reduction is exact.
template <class T>
CW_INLINE SinCos<T> sincospi(T x) {
  // Beyond 2^digits every number is an even integer; infinity and NaN are replaced at the end.
  T bounded = abs(x) < power_of_two<T>(Format<T>::digits) ? x : copysign(T(0), x);
  T twice = rint(bounded + bounded);
  T r = fma(T(-0.5), twice, bounded);
  Pair<T> scaled = two_product(r, pi<T>::c[0]);
  scaled.lo = fma(r, pi<T>::c[1], scaled.lo);
  int quadrant = static_cast<int>(twice - T(4) * floor(twice * T(0.25)));
  SinCos<T> result = select_quadrant(sincos_reduced(fast_two_sum(scaled.hi, scaled.lo)), quadrant);
  // An integer's sine is a zero of x's sign; a half integer's cosine is +0.
  T sine = r == T(0) && !(quadrant & 1) ? copysign(T(0), x) : result.sin;
  T cosine = r == T(0) && (quadrant & 1) ? T(0) : result.cos;
  return {is_finite(x) ? sine : nan<T>(), is_finite(x) ? cosine : nan<T>()};
}

}  // namespace cw
