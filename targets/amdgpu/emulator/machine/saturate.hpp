// Integer arithmetic that wraps, or with clamp stays at the end of the type's range.
#pragma once

#include <type_traits>

#include "emulator/machine/types.hpp"

namespace cw::amd {

template <typename T>
constexpr T highest = static_cast<T>(std::is_signed_v<T> ? (u64{1} << (8 * sizeof(T) - 1)) - 1 : ~u64{0});
template <typename T>
constexpr T lowest = static_cast<T>(std::is_signed_v<T> ? u64{1} << (8 * sizeof(T) - 1) : 0);

// `value` in the range of T: wrapped, or saturated.
template <typename T, typename Wide>
inline T narrowed(Wide value, Clamp clamp) {
  if (clamp.on && value > static_cast<Wide>(highest<T>)) return highest<T>;
  if (clamp.on && value < static_cast<Wide>(lowest<T>)) return lowest<T>;
  return static_cast<T>(value);
}

template <typename T>
inline T add(T a, T b, Clamp clamp) {
  return narrowed<T>(static_cast<i64>(a) + static_cast<i64>(b), clamp);
}
template <typename T>
inline T subtract(T a, T b, Clamp clamp) {
  return narrowed<T>(static_cast<i64>(a) - static_cast<i64>(b), clamp);
}

}  // namespace cw::amd
