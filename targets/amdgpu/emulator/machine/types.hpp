// Number types by the names that AMD's instruction names carry.
#pragma once

#include <cstdint>

// What a function of one lane is made of: it has to be inlined for the lanes to be computed together.
#define CW_LANE [[gnu::always_inline]] inline

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

// Two 16-bit numbers in one register, the first in the low half; or two 32-bit numbers in two. The copy constructor keeps the
// compiler from passing a pair as a vector of two, whose lanes it would not vectorise.
template <typename T>
struct Pair {
  T low, high;
  Pair() = default;
  constexpr Pair(T first, T second) : low(first), high(second) {}
  constexpr Pair(const Pair& other) : low(other.low), high(other.high) {}
  Pair& operator=(const Pair&) = default;
};

// What a lane's function may take or give beside numbers (vector_alu.hpp):
// the instruction's clamp bit, with which integers saturate,
struct Clamp {
  bool on;
};
// the number of its lane,
struct Lane {
  u32 number;
};
// its bit of VCC where the instruction reads that besides its operands,
struct Vcc {
  bool bit;
};
// what its destination register held,
struct Old {
  u32 value;
};
// the instruction's op_sel and neg_lo bits where they mean more than a half or a sign,
struct OpSel {
  u8 bits;
};
struct NegLow {
  u8 bits;
};
// an operand of mixed precision: a register, or half of one, widened (v_fma_mix_f32),
struct Mixed {
  f32 value;
};
// 32, 64 or 16 bits that are not computed with, but whose sign modifiers change (v_cndmask_b32, v_cmp_class_f32),
template <typename T>
struct Raw {
  T bits;
};
// a 16-bit result that leaves the other half of its register alone on gfx9 too (VOP3 instructions with op_sel),
template <typename T>
struct Keep {
  T value;
};
// a result and a bit for the lane mask in scalar_destination: carry out.
template <typename T>
struct Carried {
  T value;
  bool carry;
};

template <typename T>
constexpr bool is_pair = false;
template <typename T>
constexpr bool is_pair<Pair<T>> = true;

// The same bits as another type. Pairs of 16-bit numbers go part by part.
template <typename To, typename From>
constexpr To bits(From from) {
  if constexpr (is_pair<To>) {
    using Part = decltype(To::low);
    return {bits<Part>(static_cast<u16>(from)), bits<Part>(static_cast<u16>(from >> 16))};
  } else if constexpr (is_pair<From>) {
    return bits<To>(bits<u16>(from.low) | u32{bits<u16>(from.high)} << 16);
  } else {
    return __builtin_bit_cast(To, from);
  }
}

}  // namespace cw::amd
