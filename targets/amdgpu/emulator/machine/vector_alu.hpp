// Vector instructions from functions of one lane: `VALU(v_add_f32, f32, (f32 a, f32 b)) { return a + b; }` is the whole record.
//
// The types of the parameters say how operands are read: 2 bytes a half register, 4 a register, 8 a pair of registers; `bool` is
// the lane's bit of a mask; Clamp, Lane, Vcc and others of types.hpp, Mode of modifiers.hpp. The result's type says how it is
// written; `bool` results go to a mask (compares), Carried<T> to a register and a mask. Modifiers (negation, absolute value, clamp,
// multipliers, denormal flushing), DPP and SDWA are applied around the function, and lanes that EXEC leaves out are kept.
#pragma once

#include <type_traits>
#include <utility>

#include "emulator/machine/lane_operands.hpp"
#include "emulator/machine/record.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

template <typename T>
constexpr bool is_carried = false;
template <typename T>
constexpr bool is_carried<Carried<T>> = true;

template <typename T>
constexpr Type type_of() {
  if constexpr (is_kept<T> || is_carried<T>) return type_of<decltype(T::value)>();
  if constexpr (std::is_same_v<T, f16>) return Type::kF16;
  if constexpr (std::is_same_v<T, bf16>) return Type::kBf16;
  if constexpr (std::is_same_v<T, f32>) return Type::kF32;
  if constexpr (std::is_same_v<T, f64>) return Type::kF64;
  if constexpr (std::is_same_v<T, Pair<f16>>) return Type::kPackedF16;
  if constexpr (std::is_same_v<T, Pair<bf16>>) return Type::kPackedBf16;
  if constexpr (std::is_same_v<T, Pair<u16>> || std::is_same_v<T, Pair<i16>>) return Type::kPackedB16;
  if constexpr (std::is_same_v<T, Pair<f32>> || std::is_same_v<T, Pair<u32>>) return Type::kPackedF32;
  if constexpr (std::is_same_v<T, Mixed>) return Type::kF32;
  if constexpr (std::is_void_v<T>)
    return Type::kB32;
  else if constexpr (sizeof(T) == 2)
    return Type::kB16;
  else if constexpr (sizeof(T) == 8)
    return Type::kB64;
  else
    return Type::kB32;
}

// Calls `body(lane, on)` for all lanes: `on` is all ones where the mask has the lane, else 0.
template <unsigned W, typename Body>
[[gnu::always_inline]] inline void masked_lanes(u64 exec, Body body) {
  for (unsigned part = 0; part < W; part += 32) {
    const u32 active = static_cast<u32>(exec >> part);
    if (active == 0xffffffffu) [[likely]] {
      CW_EACH_LANE
      for (unsigned l = 0; l < 32; ++l) body(part + l, 0xffffffffu);
    } else {
      CW_EACH_LANE
      for (unsigned l = 0; l < 32; ++l) body(part + l, 0u - (active >> l & 1));
    }
  }
}

template <unsigned W, typename R, Path P, typename F, typename... S>
[[gnu::always_inline]] inline void each_lane(Wave& w, const Instruction& i, F f, const S&... sources) {
  if constexpr (std::is_same_v<R, bool>) {
    u8 found[W];
    CW_EACH_LANE
    for (unsigned l = 0; l < W; ++l) found[l] = f(sources.get(l)...);
    w.set_mask(i.scalar_destination.index, pack_mask<W>(found) & written_lanes<W, P>(w, i) & w.all_lanes());
  } else if constexpr (is_carried<R>) {
    Result<decltype(R::value), W, P> out(w, i);
    u8 carries[W];
    masked_lanes<W>(out.exec, [&](unsigned l, u32 on) __attribute__((always_inline)) {
      const R result = f(sources.get(l)...);
      out.set(l, on, result.value);
      carries[l] = result.carry;
    });
    w.set_mask(i.scalar_destination.index, pack_mask<W>(carries) & out.exec & w.all_lanes());
  } else {
    Result<R, W, P> out(w, i);
    masked_lanes<W>(out.exec, [&](unsigned l, u32 on) __attribute__((always_inline)) { out.set(l, on, f(sources.get(l)...)); });
  }
}

// The long way: operands with their modifiers applied; most often that is all there is.
template <auto F, unsigned W, typename R, typename... A, unsigned... N>
[[gnu::noinline]] void vector_alu_modified(Wave& w, const Instruction& i, std::integer_sequence<unsigned, N...>) {
  const Finish<R> finish(w, i);
  if (i.select == 6 && !finish.changes())
    return each_lane<W, R, Path::kMoved>(
        w, i, [](A... a) __attribute__((always_inline)) { return F(a...); }, ModifiedSource<A, W>(w, i, N)...);
  each_lane<W, R, Path::kAny>(
      w, i, [finish](A... a) __attribute__((always_inline)) { return finish(F(a...)); }, ModifiedSource<A, W>(w, i, N)...);
}

template <auto F, unsigned W, typename R, typename... A, unsigned... N>
[[gnu::always_inline]] inline void vector_alu(Wave& w, const Instruction& i, std::integer_sequence<unsigned, N...> numbers) {
  if (!i.plain || needs_flush<R, A...>(w)) [[unlikely]]
    return vector_alu_modified<F, W, R, A...>(w, i, numbers);
  each_lane<W, R, Path::kPlain>(w, i, [](A... a) __attribute__((always_inline)) { return F(a...); }, PlainSource<A, W>(w, i, N)...);
}

template <auto F>
struct VectorAlu;

template <typename R, typename... A, R (*F)(A...)>
struct VectorAlu<F> {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    vector_alu<F, W, R, A...>(w, i, std::make_integer_sequence<unsigned, sizeof...(A)>{});
    return after(i);
  }
  // Parameters beyond the fourth are no operands.
  static constexpr Record record(const char* name) {
    constexpr Type kTypes[] = {type_of<A>()..., Type::kB32, Type::kB32, Type::kB32, Type::kB32};
    return {name, &run<32>, &run<64>, {kTypes[0], kTypes[1], kTypes[2], kTypes[3]}, type_of<R>()};
  }
};

#define VALU(name, result, parameters)                                                                        \
  static inline result name parameters;                                                                       \
  CW_JOIN(static const ::cw::amd::Announce announce_valu_, name)(::cw::amd::VectorAlu<&name>::record(#name)); \
  [[gnu::always_inline]] static inline result name parameters

}  // namespace cw::amd
