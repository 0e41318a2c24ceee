// What surrounds a floating-point instruction: signs of operands, denormals, the output multiplier and clamp.
#pragma once

#include "emulator/machine/floats.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

template <typename T>
constexpr bool is_float = std::is_same_v<T, f16> || std::is_same_v<T, f32> || std::is_same_v<T, f64> || std::is_same_v<T, bf16>;

template <typename T>
struct Element {
  using Type = T;
};
template <typename T>
struct Element<Pair<T>> {
  using Type = T;
};
template <typename T>
struct Element<Keep<T>> {
  using Type = T;
};
// The number type in a pair of numbers, or of a result that keeps the other half of its register.
template <typename T>
using ElementOf = typename Element<T>::Type;

// What lanes' functions may ask of the wave's modes, as a last parameter.
struct Mode {
  Isa isa;
  bool ieee;        // minimum and maximum make signaling NaN quiet
  bool saturates;   // FP16_OVFL: results too large for 16 or 8 bits become the largest number
  bool flushes_16;  // denormals of f16
};

inline bool has_ieee_mode(const Wave& w) { return w.program->arch().isa != Isa::kGfx12; }

inline Mode mode_of(const Wave& w) {
  return {w.program->arch().isa, has_ieee_mode(w) && (w.mode >> 9 & 1) != 0, (w.mode >> 23 & 1) != 0, w.flushes_f64()};
}

template <typename T>
[[gnu::always_inline]] inline T flushed(T value) {
  return exponent_field(value) == 0 ? bits<T>(static_cast<BitsOf<T>>(bits<BitsOf<T>>(value) & kSignBit<T>)) : value;
}

// MODE has two bits for f32 and two for f64 and f16: denormal operands are kept, denormal results are kept.
template <typename T>
constexpr unsigned kDenormalBits = std::is_same_v<T, f32>                             ? 4
                                   : std::is_same_v<T, f64> || std::is_same_v<T, f16> ? 6
                                                                                      : 32;

template <typename T>
inline bool flushes_operands(const Wave& w) {
  constexpr unsigned kBit = kDenormalBits<ElementOf<T>>;
  if constexpr (kBit < 32) return (w.mode >> kBit & 1) == 0;
  return false;
}
template <typename T>
inline bool flushes_results(const Wave& w) {
  constexpr unsigned kBit = kDenormalBits<ElementOf<T>>;
  if constexpr (kBit < 32) return (w.mode >> kBit & 2) == 0;
  return false;
}
template <typename R, typename... A>
inline bool needs_flush(const Wave& w) {
  return flushes_results<R>(w) || (flushes_operands<A>(w) || ...);
}

// An operand's sign: cleared, then flipped.
template <typename T>
[[gnu::always_inline]] inline T with_sign(T value, bool absolute, bool negate) {
  BitsOf<T> b = bits<BitsOf<T>>(value);
  b = static_cast<BitsOf<T>>(b & (absolute ? ~kSignBit<T> : ~BitsOf<T>{0}));
  b = static_cast<BitsOf<T>>(b ^ (negate ? kSignBit<T> : BitsOf<T>{0}));
  return bits<T>(b);
}

// What happens to a result before it is written. bf16 results have no modifiers.
template <typename R, bool HasModifiers = is_float<ElementOf<R>> && !std::is_same_v<ElementOf<R>, bf16>>
struct Finish {
  Finish(const Wave&, const Instruction&) {}
  bool changes() const { return false; }
  [[gnu::always_inline]] R operator()(R value) const { return value; }
};

template <typename R>
struct Finish<R, true> {
  using T = ElementOf<R>;
  bool flush, multiply, clamp, nan_to_zero;
  T factor;

  // The multiplier is ignored in IEEE mode, and where denormal results are kept. Clamp gives 0 for NaN with DX10_CLAMP, which
  // gfx12 no longer lets one choose.
  Finish(const Wave& w, const Instruction& i)
      : flush(flushes_results<T>(w)),
        multiply(i.output_modifier != 0 && flush && !mode_of(w).ieee),
        clamp(i.clamp),
        nan_to_zero(!has_ieee_mode(w) || (w.mode >> 8 & 1) != 0),
        factor(i.output_modifier == 1   ? T(2)
               : i.output_modifier == 2 ? T(4)
                                        : T(0.5)) {}

  bool changes() const { return flush || multiply || clamp; }
  [[gnu::always_inline]] R operator()(R value) const {
    if constexpr (std::is_same_v<R, T>)
      return finished(value);
    else if constexpr (sizeof(R) == sizeof(T))
      return R{finished(value.value)};
    else
      return R{finished(value.low), finished(value.high)};
  }

 private:
  [[gnu::always_inline]] T finished(T value) const {
    if (flush) value = flushed(value);
    if (multiply) value = flushed(static_cast<T>(value * factor)) + T(0);  // -0 becomes 0
    if (clamp) value = clamped(value);
    return value;
  }
  [[gnu::always_inline]] T clamped(T value) const {
    if (is_nan(value)) return nan_to_zero ? T(0) : value;
    return value > T(0) ? (value < T(1) ? value : T(1)) : T(0);
  }
};

}  // namespace cw::amd
