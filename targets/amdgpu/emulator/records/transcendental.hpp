// Exponential, logarithm and sine to about 52 bits, for instructions that give 24 or fewer: what is rounded from here is the
// nearest number in all but a few in 2^28 cases. The series are Taylor's.
#pragma once

#include <utility>

#include "emulator/machine/floats.hpp"

namespace cw::amd {

// f(0) + f(1) x + f(2) x^2 + ... + f(Last) x^Last, the coefficients known when this is compiled.
template <unsigned Last, typename F, unsigned... N>
[[gnu::always_inline]] inline f64 polynomial(f64 x, F coefficient, std::integer_sequence<unsigned, N...>) {
  f64 sum = 0.0;
  ((sum = sum * x + coefficient(Last - N)), ...);
  return sum;
}
template <unsigned Last, typename F>
[[gnu::always_inline]] inline f64 polynomial(f64 x, F coefficient) {
  return polynomial<Last>(x, coefficient, std::make_integer_sequence<unsigned, Last + 1>{});
}

constexpr f64 factorial(unsigned n) {
  f64 product = 1.0;
  for (unsigned k = 2; k <= n; ++k) product *= k;
  return product;
}
constexpr f64 alternating(unsigned n) { return n % 2 == 0 ? 1.0 : -1.0; }

// 2 to the x, for |x| up to 1000.
[[gnu::always_inline]] inline f64 exp2_series(f64 x) {
  constexpr f64 kLn2 = 0x1.62e42fefa39efp-1,
                kShift = 0x1.8p52;  // added to it, a whole number stands in the last bits of the fraction
  const f64 shifted = x + kShift;
  const f64 rest = (x - (shifted - kShift)) * kLn2;
  const f64 part = polynomial<14>(rest, [](unsigned n) { return 1.0 / factorial(n); });
  return part * bits<f64>((bits<u64>(shifted) + 1023) << 52);
}

// The logarithm of a normal positive number to base 2: with s = (m - 1) / (m + 1), ln m = 2 (s + s^3 / 3 + s^5 / 5 + ...).
[[gnu::always_inline]] inline f64 log2_series(f64 x) {
  constexpr f64 kTwoByLn2 = 0x1.71547652b82fep+1, kShift = 0x1.8p52;
  constexpr u64 kSqrtHalf = 0x3fe6a09e667f3bcd;  // m is taken from [sqrt(1/2), sqrt(2))
  const u64 above = bits<u64>(x) - kSqrtHalf + (u64{1024} << 52);
  const f64 exponent = bits<f64>((above >> 52) + bits<u64>(kShift)) - (kShift + 1024.0);
  const f64 m = bits<f64>((above & ((u64{1} << 52) - 1)) + kSqrtHalf);
  const f64 s = (m - 1.0) / (m + 1.0);
  return exponent + kTwoByLn2 * s * polynomial<12>(s * s, [](unsigned n) { return 1.0 / (2 * n + 1); });
}

struct SineAndCosine {
  f64 sine, cosine;
};

// Of an angle in full turns, |turns| below 2^52. Multiples of half and quarter turns give exact values, zeros being +0.
[[gnu::always_inline]] inline SineAndCosine sine_and_cosine(f64 turns) {
  constexpr f64 kTwoPi = 0x1.921fb54442d18p+2, kShift = 0x1.8p52;
  const f64 part = turns - __builtin_roundeven(turns);
  const f64 quarter = 4.0 * part + kShift;
  const f64 angle = (part - 0.25 * (quarter - kShift)) * kTwoPi;
  const f64 sine = angle * polynomial<8>(angle * angle, [](unsigned n) { return alternating(n) / factorial(2 * n + 1); });
  const f64 cosine = polynomial<9>(angle * angle, [](unsigned n) { return alternating(n) / factorial(2 * n); });
  const u64 turned = bits<u64>(quarter) & 3;
  const f64 first = turned & 1 ? cosine : sine, second = turned & 1 ? sine : cosine;
  return {turned & 2 ? 0.0 - first : first, (turned + 1) & 2 ? 0.0 - second : second};
}

}  // namespace cw::amd
