// Number types by the names that AMD's instruction names carry.
#pragma once

#include <cstdint>

namespace cw::amd {

using u8 = uint8_t;
using u16 = uint16_t;
using u32 = uint32_t;
using u64 = uint64_t;
using i8 = int8_t;
using i16 = int16_t;
using i32 = int32_t;
using i64 = int64_t;
using f16 = _Float16;
using f32 = float;
using f64 = double;
using bf16 = __bf16;

// Two 16-bit numbers in one register, the first in the low half.
template <typename T>
struct Pair {
  T low, high;
};

template <typename To, typename From>
inline To bits(From from) {
  return __builtin_bit_cast(To, from);
}

}  // namespace cw::amd
