// Memory whose lanes follow one another, N dwords each, to and from registers: transposing, eight lanes at a time.
#pragma once

#include "emulator/machine/memory.hpp"

namespace cw::amd {

using Eight = u32 __attribute__((ext_vector_type(8)));
using Four = u32 __attribute__((ext_vector_type(4)));

// Two dwords of each lane side by side; two lanes, four apart, in one vector.
[[gnu::always_inline]] inline Eight low_pairs(Eight a, Eight b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13); }
[[gnu::always_inline]] inline Eight high_pairs(Eight a, Eight b) {
  return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
}
[[gnu::always_inline]] inline Eight low_halves(Eight a, Eight b) { return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13); }
[[gnu::always_inline]] inline Eight high_halves(Eight a, Eight b) {
  return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
}

template <unsigned N, unsigned W>
struct Rows {
  static void load(u64 first, u32* to) {
    for (u32 l = 0; l < W; ++l) {
      for (u32 n = 0; n < N; ++n) to[n * W + l] = read_bytes<u32>(first + 4 * (l * N + n));
    }
  }
  static void store(u64 first, const u32* from) {
    for (u32 l = 0; l < W; ++l) {
      for (u32 n = 0; n < N; ++n) write_bytes(first + 4 * (l * N + n), from[n * W + l]);
    }
  }
};

template <unsigned W>
struct Rows<1, W> {
  static void load(u64 first, u32* to) { __builtin_memcpy(to, reinterpret_cast<const void*>(first), 4 * W); }
  static void store(u64 first, const u32* from) { __builtin_memcpy(reinterpret_cast<void*>(first), from, 4 * W); }
};

template <unsigned W>
struct Rows<2, W> {
  static void load(u64 first, u32* to) {
    for (u32 l = 0; l < W; l += 8) {
      const Eight a = read_bytes<Eight>(first + 8 * l), b = read_bytes<Eight>(first + 8 * l + 32);
      put(to + l, __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14));
      put(to + W + l, __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15));
    }
  }
  static void store(u64 first, const u32* from) {
    for (u32 l = 0; l < W; l += 8) {
      const Eight low = got(from + l), high = got(from + W + l);
      write_bytes(first + 8 * l, __builtin_shufflevector(low, high, 0, 8, 1, 9, 2, 10, 3, 11));
      write_bytes(first + 8 * l + 32, __builtin_shufflevector(low, high, 4, 12, 5, 13, 6, 14, 7, 15));
    }
  }

  static void put(u32* to, Eight value) { __builtin_memcpy(to, &value, sizeof value); }
  static Eight got(const u32* from) {
    Eight value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
  }
};

template <unsigned W>
struct Rows<4, W> : Rows<2, W> {
  using Rows<2, W>::put;
  using Rows<2, W>::got;

  static void load(u64 first, u32* to) {
    for (u32 l = 0; l < W; l += 8) {
      const u64 at = first + 16 * l;
      const Eight a = two_lanes(at), b = two_lanes(at + 16), c = two_lanes(at + 32), d = two_lanes(at + 48);
      const Eight ab = low_pairs(a, b), cd = low_pairs(c, d), ab_high = high_pairs(a, b), cd_high = high_pairs(c, d);
      put(to + l, low_halves(ab, cd));
      put(to + W + l, high_halves(ab, cd));
      put(to + 2 * W + l, low_halves(ab_high, cd_high));
      put(to + 3 * W + l, high_halves(ab_high, cd_high));
    }
  }
  static void store(u64 first, const u32* from) {
    for (u32 l = 0; l < W; l += 8) {
      const u64 at = first + 16 * l;
      const Eight a = got(from + l), b = got(from + W + l), c = got(from + 2 * W + l), d = got(from + 3 * W + l);
      const Eight ab = low_pairs(a, b), cd = low_pairs(c, d), ab_high = high_pairs(a, b), cd_high = high_pairs(c, d);
      put_two_lanes(at, low_halves(ab, cd));
      put_two_lanes(at + 16, high_halves(ab, cd));
      put_two_lanes(at + 32, low_halves(ab_high, cd_high));
      put_two_lanes(at + 48, high_halves(ab_high, cd_high));
    }
  }

 private:
  static Eight two_lanes(u64 at) {
    const Four low = read_bytes<Four>(at), high = read_bytes<Four>(at + 64);
    return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
  }
  static void put_two_lanes(u64 at, Eight value) {
    write_bytes(at, __builtin_shufflevector(value, value, 0, 1, 2, 3));
    write_bytes(at + 64, __builtin_shufflevector(value, value, 4, 5, 6, 7));
  }
};

}  // namespace cw::amd
