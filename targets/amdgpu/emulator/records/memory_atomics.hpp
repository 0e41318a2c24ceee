// Atomics from functions of the old value: `ATOMIC(add, u32, (u32 old, u32 data)) { return old + data; }` is the record of
// flat_atomic_add_u32, global_atomic_add_u32 and buffer_atomic_add_u32, SHARED_ATOMIC that of ds_add_u32 and ds_add_rtn_u32,
// ATOMIC_ANYWHERE of all five. In global memory every lane's operation is one atomic operation of the host: workgroups run on
// several of its threads.
#pragma once

#include "emulator/machine/memory.hpp"
#include "emulator/machine/vector_alu.hpp"
#include "emulator/records/memory_record.hpp"

namespace cw::amd {

template <typename T>
using AtomicBits = std::conditional_t<sizeof(T) == 8, u64, u32>;

// Replaces the value at `at` by `change` of it; returns the old one.
template <typename T, typename Change>
inline T change_atomically(u64 at, Change change) {
  using Bits = AtomicBits<T>;
  Bits* place = reinterpret_cast<Bits*>(at);
  Bits old = __atomic_load_n(place, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(place, &old, bits<Bits>(change(bits<T>(old))), true, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
  }
  return bits<T>(old);
}

// The same where it is enough to do it: a workgroup's waves take turns on one thread, nobody else has their LDS and scratch.
template <typename T, typename Change>
inline T change_at(Space space, u64 at, Change change) {
  if (space == Space::kGlobal) return change_atomically<T>(at, change);
  const T old = read_bytes<T>(at);
  write_bytes(at, change(old));
  return old;
}

// The lane's value of one or two registers.
template <typename T, unsigned W>
inline T register_value(const u32* data, u32 l) {
  return join<T>(data[l], sizeof(T) == 8 ? data[W + l] : 0);
}

template <typename T, unsigned W>
inline void put_register(u32* to, u32 l, T value) {
  const AtomicBits<T> b = bits<AtomicBits<T>>(value);
  to[l] = static_cast<u32>(b);
  if constexpr (sizeof(T) == 8) to[W + l] = static_cast<u32>(b >> 32);
}

// Atomics that the hardware cannot do: it reports them as a memory violation.
template <typename T, unsigned W>
inline bool atomics_can_be(Wave& w, const Instruction& i, const Lanes<W>& lanes) {
  if (sizeof(T) == 8 && lanes.step != 4) return stop(w, i, "a 64-bit atomic in private memory") != nullptr;
  u64 low = 0;
  each_of(lanes.active, [&](u32 l) { low |= lanes.at[l]; });
  return low % sizeof(T) == 0 || stop(w, i, "an atomic at an address that is not a multiple of its size", low) != nullptr;
}

// Where `F(old, data, second)` gets its second operand: the registers after `data`, or source[2] of DS instructions.
enum class Second : u8 { kNone, kFollowing, kSource };

// `F` may ask the wave and where it works: F(wave, space, old, data).
template <typename T, auto F, Second second, bool always_returns>
struct Atomic {
  static constexpr Request kRequest{sizeof(T), Access::kAtomic};

  template <unsigned W>
  [[gnu::noinline]] static bool run(Wave& w, const Instruction& i, const Lanes<W>& lanes, const u32* data) {
    if (!atomics_can_be<T>(w, i, lanes)) return false;
    const u32* others = second == Second::kSource ? w.lane_values(i.source[2].index) : data + sizeof(T) / 4 * W;
    const bool returns = always_returns || i.returns;
    u32* to = w.lane_values(i.destination.index);
    each_of(lanes.active, [&](u32 l) {
      const T given = register_value<T, W>(data, l);
      const T other = second == Second::kNone ? T{} : register_value<T, W>(others, l);
      const T old = change_at<T>(lanes.space, lanes.at[l], [&](T value) { return call(w, lanes.space, value, given, other); });
      if (returns) put_register<T, W>(to, l, old);
    });
    if (returns) each_of(lanes.absent, [&](u32 l) { put_register<T, W>(to, l, T{}); });
    return true;
  }

 private:
  static T call(const Wave& w, Space space, T old, T data, T other) {
    if constexpr (second != Second::kNone)
      return F(old, data, other);
    else if constexpr (std::is_invocable_v<decltype(F), const Wave&, Space, T, T>)
      return F(w, space, old, data);
    else
      return F(old, data);
  }
};

// The types of the names.
using b32 = u32;
using b64 = u64;

#define CW_MEMORY_ATOMIC(name, ...)                                                                        \
  CW_ANNOUNCE("flat_atomic_" #name, &Memory<__VA_ARGS__>::flat<32>, &Memory<__VA_ARGS__>::flat<64>);       \
  CW_ANNOUNCE("global_atomic_" #name, &Memory<__VA_ARGS__>::global<32>, &Memory<__VA_ARGS__>::global<64>); \
  CW_ANNOUNCE("buffer_atomic_" #name, &Memory<__VA_ARGS__>::buffer<32>, &Memory<__VA_ARGS__>::buffer<64>)

#define CW_DECLARE_ATOMIC(op, type, parameters) static inline type op##_##type parameters
#define CW_ANNOUNCE_MEMORY_ATOMIC(op, type) CW_MEMORY_ATOMIC(op##_##type, Atomic<type, &op##_##type, Second::kNone, false>)
#define CW_ANNOUNCE_SHARED_ATOMIC(op, type)                                   \
  SHARED(ds_##op##_##type, Atomic<type, &op##_##type, Second::kNone, false>); \
  SHARED(ds_##op##_rtn_##type, Atomic<type, &op##_##type, Second::kNone, true>)

#define ATOMIC(op, type, parameters)       \
  CW_DECLARE_ATOMIC(op, type, parameters); \
  CW_ANNOUNCE_MEMORY_ATOMIC(op, type);     \
  CW_DECLARE_ATOMIC(op, type, parameters)

#define SHARED_ATOMIC(op, type, parameters) \
  CW_DECLARE_ATOMIC(op, type, parameters);  \
  CW_ANNOUNCE_SHARED_ATOMIC(op, type);      \
  CW_DECLARE_ATOMIC(op, type, parameters)

#define ATOMIC_ANYWHERE(op, type, parameters) \
  CW_DECLARE_ATOMIC(op, type, parameters);    \
  CW_ANNOUNCE_MEMORY_ATOMIC(op, type);        \
  CW_ANNOUNCE_SHARED_ATOMIC(op, type);        \
  CW_DECLARE_ATOMIC(op, type, parameters)

// Older names of what ATOMIC announces.
#define ATOMIC_ALIAS(name, of)                                                                         \
  static const Announce CW_JOIN(announce_, __COUNTER__)("flat_atomic_" #name, "flat_atomic_" #of);     \
  static const Announce CW_JOIN(announce_, __COUNTER__)("global_atomic_" #name, "global_atomic_" #of); \
  static const Announce CW_JOIN(announce_, __COUNTER__)("buffer_atomic_" #name, "buffer_atomic_" #of)

}  // namespace cw::amd
