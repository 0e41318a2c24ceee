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
CW_INLINE Reduced<double> reduce_large(double x) {
  using T = double;
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

// 96 bits of 2/pi, the first of them of weight 2 in the product with x; |x| at least 2^16. The words are chosen, not looked up:
// a vector of choices costs less than a vector of loads, and comparisons of floats less than of the few bits of an exponent.
struct TwoOverPiWindow {
  uint32_t high, middle, low;
};
CW_INLINE TwoOverPiWindow two_over_pi_window(float magnitude) {
  uint32_t w[4] = {0, kTwoOverPi[0], kTwoOverPi[1], kTwoOverPi[2]};
#pragma clang loop unroll(full)
  for (int word = 1; word < 5; ++word) {
    bool beyond = magnitude >= power_of_two<float>(32 * word - 7);
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) w[i] = beyond ? kTwoOverPi[word + i - 1] : w[i];
  }
  uint32_t shift = ((bits(magnitude) >> 23) + 8) & 31;
  // Two shifts: by 32 is not defined.
  auto join = [shift](uint32_t upper, uint32_t lower) { return upper << shift | lower >> 1 >> (31 - shift); };
  return {join(w[0], w[1]), join(w[1], w[2]), join(w[2], w[3])};
}

// The same for f32 in 64-bit integers and without a branch, so that vectors of it can be made; |x| at least 2^16, finite.
CW_INLINE Reduced<float> reduce_large(float x) {
  uint64_t significand = (bits(x) & 0x7fffff) | 0x800000;
  TwoOverPiWindow window = two_over_pi_window(abs(x));
  // x * 2/pi modulo 4: 2 bits before the point and 62 behind.
  uint64_t product = (significand * window.high << 32) + significand * window.middle + (significand * window.low >> 32);
  uint32_t upper = static_cast<uint32_t>(product >> 32), lower = static_cast<uint32_t>(product);
  int quadrant = static_cast<int>((upper + (1u << 29)) >> 30);
  int32_t fraction = static_cast<int32_t>(upper << 2) >> 2;
  // The fraction's 62 bits in three floats: the first one rounds 30 bits to 24, the others take what is left, exactly.
  float first = static_cast<float>(fraction);
  int32_t rest = (fraction - static_cast<int32_t>(first)) << 16 | static_cast<int32_t>(lower >> 16);
  float last = static_cast<float>(static_cast<int32_t>(lower & 0xffff));
  float low = fma(last, power_of_two<float>(-62), static_cast<float>(rest) * power_of_two<float>(-46));
  Pair<float> r = multiply(fast_two_sum(first * power_of_two<float>(-30), low), constant<half_pi, float>());
  bool negate = is_negative(x);
  return {{negate ? -r.hi : r.hi, negate ? -r.lo : r.lo}, (negate ? -quadrant : quadrant) & 3};
}

// Whether `reduce_moderate` is accurate; not for NaN and infinity.
template <class T>
CW_INLINE bool is_moderate(T x) {
  return abs(x) < (sizeof(T) == 4 ? T(65536) : T(1073741824));
}

// Whichever reduction suits x. A CPU computes both for f32, so that a loop becomes a loop of vectors; a GPU branches.
CW_INLINE Reduced<float> reduce(float x) {
  bool moderate = is_moderate(x);
  Reduced<float> reduced = reduce_moderate(moderate ? x : 0.0f);
#if defined(__AMDGCN__) || defined(__NVPTX__)
  if (!moderate) reduced = reduce_large(x);
  return reduced;
#else
  Reduced<float> large = reduce_large(x);
  return {select(moderate, reduced.r, large.r), moderate ? reduced.quadrant : large.quadrant};
#endif
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
// The argument reduced in one precision: each step rounds once, relative to what is left.
CW_INLINE float reduce_single(float x, int& quadrant) {
  bool moderate = is_moderate(x);
  float bounded = moderate ? x : 0.0f, n = rint(bounded * two_over_pi<float>::c[0]);
  float r = fma(-n, half_pi<float>::c[2], fma(-n, half_pi<float>::c[1], fma(-n, half_pi<float>::c[0], bounded)));
  quadrant = static_cast<int>(n);
#if defined(__AMDGCN__) || defined(__NVPTX__)
  if (moderate) return r;
#endif
  Reduced<float> large = reduce_large(x);
  quadrant = moderate ? quadrant : large.quadrant;
  return moderate ? r : (is_finite(x) ? large.r.hi : nan<float>());
}

CW_INLINE SinCos<float> sincos(float x) {
  int quadrant;
  float r = reduce_single(x, quadrant), z = r * r;
  float sine = fma(r * z, poly<sin_poly>(z), r), cosine = fma(z, fma(z, poly<cos_poly>(z), -0.5f), 1.0f);
  SinCos<float> result = select_quadrant(SinCosPairs<float>{{sine, 0.0f}, {cosine, 0.0f}}, quadrant);
  // Keeps the sign of zero.
  return {x == 0.0f ? x : result.sin, result.cos};
}

CW_RARE double sin_large(double x) { return is_finite(x) ? sincos_of(reduce_large(x)).sin : nan<double>(); }
CW_RARE double cos_large(double x) { return is_finite(x) ? sincos_of(reduce_large(x)).cos : nan<double>(); }

CW_INLINE SinCos<double> sincos(double x) {
  bool moderate = is_moderate(x);
  SinCos<double> result = sincos_of(reduce_moderate(moderate ? x : 0.0));
  double sine = x == 0.0 ? x : result.sin, cosine = result.cos;
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
