// Scalar instructions from functions: `SALU(s_and_b32, u32, (u32 a, u32 b, bool& scc)) { ... }`. A trailing `bool&` is SCC (holding
// the old value); a function without it leaves SCC alone; Mode may follow. 64-bit types take register pairs. Denormals are
// flushed as for vectors.
#pragma once

#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {

template <typename T>
inline T scalar_operand(const Wave& w, const Operand& o) {
  return join<T>(static_cast<u32>(scalar_value(w, o, sizeof(T) == 8)), static_cast<u32>(scalar_value(w, o, sizeof(T) == 8) >> 32));
}

template <typename R>
inline void write_scalar(Wave& w, const Operand& o, R value) {
  if constexpr (sizeof(R) == 8) {
    if (o.index != kNull) w.set_wide(o.index, bits<u64>(value));
  } else if constexpr (sizeof(R) == 4) {
    if (o.index != kNull) w.sgpr[o.index] = bits<u32>(value);
  } else {
    if (o.index != kNull) w.sgpr[o.index] = bits<u16>(value);
  }
}

// The usual meaning of SCC: the result is not 0.
template <typename T>
inline T said(T value, bool& scc) {
  scc = value != 0;
  return value;
}

template <auto F>
struct ScalarAlu;

template <typename R, typename... A, R (*F)(A...)>
struct ScalarAlu<F> {
  static constexpr bool kHasScc = (std::is_same_v<A, bool&> || ...);

  template <unsigned... N>
  [[gnu::always_inline]] static R call(Wave& w, const Instruction& i, std::integer_sequence<unsigned, N...>) {
    return F(operand<A>(w, i, N)...);
  }
  template <typename T>
  static T operand(Wave& w, const Instruction& i, unsigned n) {
    if constexpr (std::is_same_v<T, bool&>)
      return w.scc;
    else if constexpr (std::is_same_v<T, Mode>)
      return mode_of(w);
    else if constexpr (is_float<T>)
      return flushes_operands<T>(w) ? flushed(scalar_operand<T>(w, i.source[n])) : scalar_operand<T>(w, i.source[n]);
    else
      return scalar_operand<T>(w, i.source[n]);
  }
  static const Instruction* run(Wave& w, const Instruction& i) {
    if constexpr (std::is_void_v<R>) {
      call(w, i, std::make_integer_sequence<unsigned, sizeof...(A)>{});
    } else {
      R result = call(w, i, std::make_integer_sequence<unsigned, sizeof...(A)>{});
      if constexpr (is_float<R>) {
        if (flushes_results<R>(w)) result = flushed(result);
      }
      write_scalar(w, i.destination, result);
    }
    return after(i);
  }
  static constexpr Record record(const char* name) {
    return {name, &run, &run, {type_of<std::remove_reference_t<A>>()...}, type_of<R>()};
  }
};

#define SALU(name, result, parameters)                                                                        \
  static inline result name parameters;                                                                       \
  CW_JOIN(static const ::cw::amd::Announce announce_salu_, name)(::cw::amd::ScalarAlu<&name>::record(#name)); \
  [[gnu::always_inline]] static inline result name parameters

}  // namespace cw::amd
