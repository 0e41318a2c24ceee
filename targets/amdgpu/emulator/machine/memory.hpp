// One path for every access to memory: where the lanes' bytes lie, and how they get to registers and back.
//
// An instruction first finds its lanes' places (records/memory_address.hpp: from global, flat, scratch, buffer or LDS addresses),
// then reads or writes there. Aligned accesses of up to 16 bytes are single accesses of the processor; any alignment works.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd {

// Where the bytes of each lane lie. Scratch is swizzled: the dwords of a lane lie `step` bytes apart, the bytes of a dword
// together.
template <unsigned W>
struct Lanes {
  alignas(64) u64 at[W];  // addresses in this process, of the lanes in `active`
  u64 active = 0;         // lanes that read or write
  u64 absent = 0;         // lanes switched on whose bytes do not exist: they read 0 and write nothing
  u32 step = 4;
  u32 row = 0;  // not 0: all lanes are active, each lies so many bytes behind the one before, and only at[0] is there
  Space space = Space::kGlobal;

  void spread() {
    for (u32 l = 1; l < W; ++l) at[l] = at[0] + l * row;
    row = 0;
  }
};

template <unsigned N>
struct Words {
  u32 word[N];
};

template <typename T>
[[gnu::always_inline]] inline T read_bytes(u64 at) {
  T value;
  __builtin_memcpy(static_cast<void*>(&value), reinterpret_cast<const void*>(at), sizeof value);
  return value;
}

template <typename T>
[[gnu::always_inline]] inline void write_bytes(u64 at, const T& value) {
  __builtin_memcpy(reinterpret_cast<void*>(at), &value, sizeof value);
}

// Byte `n` of a lane whose dwords lie `step` apart.
inline u64 swizzled_byte(u64 at, u32 step, u32 n) {
  const u64 from_dword = at % 4 + n;
  return at - at % 4 + from_dword / 4 * step + from_dword % 4;
}

template <typename T>
inline T read_place(u64 at, u32 step) {
  if (step == 4 || at % 4 + sizeof(T) <= 4) return read_bytes<T>(at);
  u8 found[sizeof(T)];
  for (u32 n = 0; n < sizeof(T); ++n) found[n] = read_bytes<u8>(swizzled_byte(at, step, n));
  return __builtin_bit_cast(T, found);
}

template <typename T>
inline void write_place(u64 at, u32 step, const T& value) {
  if (step == 4 || at % 4 + sizeof(T) <= 4) return write_bytes(at, value);
  u8 given[sizeof(T)];
  __builtin_memcpy(given, &value, sizeof value);
  for (u32 n = 0; n < sizeof(T); ++n) write_bytes(swizzled_byte(at, step, n), given[n]);
}

// Calls `body(lane)` for each lane of a mask, the lowest first.
template <typename Body>
[[gnu::always_inline]] inline void each_of(u64 mask, Body body) {
  for (; mask != 0; mask &= mask - 1) body(static_cast<u32>(__builtin_ctzll(mask)));
}

}  // namespace cw::amd
