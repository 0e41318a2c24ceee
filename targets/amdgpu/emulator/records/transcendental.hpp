// Exponential, logarithm and sine to about 52 bits, for instructions that give 24 or fewer: what is rounded from here is the
// nearest number in all but a few in 2^28 cases. The series are Taylor's.
#pragma once

#include "emulator/machine/floats.hpp"

namespace cw::amd {

// 2 to the x, for |x| up to 1000.
[[gnu::always_inline]] inline f64 exp2_series(f64 x) {
  constexpr f64 kLn2 = 0x1.62e42fefa39efp-1;
  const f64 whole = __builtin_roundeven(x);
  const f64 rest = (x - whole) * kLn2;
  f64 sum = 1.0;
  for (int n = 14; n >= 1; --n) sum = 1.0 + sum * rest / n;
  return sum * bits<f64>(static_cast<u64>(static_cast<i32>(whole) + 1023) << 52);
}

// The logarithm of a normal positive number to base 2: with s = (m - 1) / (m + 1), ln m = 2 (s + s^3 / 3 + s^5 / 5 + ...).
[[gnu::always_inline]] inline f64 log2_series(f64 x) {
  constexpr f64 kTwoByLn2 = 0x1.71547652b82fep+1;
  constexpr u64 kSqrtHalf = 0x3fe6a09e667f3bcd;  // m is taken from [sqrt(1/2), sqrt(2))
  const u64 shifted = bits<u64>(x) - kSqrtHalf;
  const i32 exponent = static_cast<i32>(static_cast<i64>(shifted) >> 52);
  const f64 m = bits<f64>((shifted & ((u64{1} << 52) - 1)) + kSqrtHalf);
  const f64 s = (m - 1.0) / (m + 1.0), square = s * s;
  f64 sum = 0.0;
  for (int n = 25; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
  return static_cast<f64>(exponent) + kTwoByLn2 * s * sum;
}

struct SineAndCosine {
  f64 sine, cosine;
};

// Of an angle in full turns, |turns| below 2^52. Multiples of half and quarter turns give exact values, zeros being +0.
[[gnu::always_inline]] inline SineAndCosine sine_and_cosine(f64 turns) {
  constexpr f64 kTwoPi = 0x1.921fb54442d18p+2;
  const f64 part = turns - __builtin_roundeven(turns);
  const f64 quarter = __builtin_roundeven(4.0 * part);
  const f64 angle = (part - 0.25 * quarter) * kTwoPi, square = angle * angle;
  f64 sine = 1.0, cosine = 1.0;
  for (int n = 18; n >= 2; n -= 2) {
    sine = 1.0 - sine * square / (n * (n + 1));
    cosine = 1.0 - cosine * square / (n * (n - 1));
  }
  sine *= angle;
  const u32 turned = static_cast<u32>(static_cast<i32>(quarter)) & 3;
  const f64 first = turned & 1 ? cosine : sine, second = turned & 1 ? sine : cosine;
  return {turned & 2 ? 0.0 - first : first, turned == 1 || turned == 2 ? 0.0 - second : second};
}

}  // namespace cw::amd
