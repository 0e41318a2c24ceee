// Minimum and maximum, without branches so that they vectorise. -0 is less than +0 on every architecture; what becomes of NaN
// differs.
#pragma once

#include "emulator/machine/modifiers.hpp"

namespace cw::amd {

template <typename T>
[[gnu::always_inline]] inline T smaller(T a, T b) {
  return either(a < b, both(a == b, is_negative(a))) ? a : b;
}
template <typename T>
[[gnu::always_inline]] inline T larger(T a, T b) {
  return either(a > b, both(a == b, !is_negative(a))) ? a : b;
}

// Up to gfx11. A NaN gives way to a number; in IEEE mode a signaling one is the result, quiet. Of two quiet ones gfx11 takes the
// first, its predecessors the second.
template <typename T>
[[gnu::always_inline]] inline T or_number(T a, T b, T result, Mode mode) {
  const bool takes_first = both(is_nan(b), either(!is_nan(a), mode.isa == Isa::kGfx11));
  result = is_nan(a) ? b : result;
  result = takes_first ? a : result;
  result = both(mode.ieee, is_signaling(b)) ? quiet(b) : result;
  return both(mode.ieee, is_signaling(a)) ? quiet(a) : result;
}
template <typename T>
[[gnu::always_inline]] inline T min_of(T a, T b, Mode mode) {
  return or_number(a, b, smaller(a, b), mode);
}
template <typename T>
[[gnu::always_inline]] inline T max_of(T a, T b, Mode mode) {
  return or_number(a, b, larger(a, b), mode);
}

// minimumNumber and maximumNumber of IEEE 754-2019: a NaN, signaling or not, gives way to a number.
template <typename T>
[[gnu::always_inline]] inline T number_of(T a, T b, T result) {
  result = is_nan(b) ? a : result;
  return is_nan(a) ? (is_nan(b) ? quiet(a) : b) : result;
}
template <typename T>
[[gnu::always_inline]] inline T min_num(T a, T b) {
  return number_of(a, b, smaller(a, b));
}
template <typename T>
[[gnu::always_inline]] inline T max_num(T a, T b) {
  return number_of(a, b, larger(a, b));
}

// minimum and maximum of IEEE 754-2019: NaN wins, a signaling one before a quiet one.
template <typename T>
[[gnu::always_inline]] inline T nan_of(T a, T b, T result) {
  result = is_nan(b) ? quiet(b) : result;
  result = is_nan(a) ? quiet(a) : result;
  return both(is_signaling(b), !is_signaling(a)) ? quiet(b) : result;
}
template <typename T>
[[gnu::always_inline]] inline T minimum(T a, T b) {
  return nan_of(a, b, smaller(a, b));
}
template <typename T>
[[gnu::always_inline]] inline T maximum(T a, T b) {
  return nan_of(a, b, larger(a, b));
}

}  // namespace cw::amd
