// Dwords of all lanes to and from registers: transposing, eight lanes at a time.
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

// Loads and stores of all lanes, N dwords each. `at(l)` is the address of lane `l`.
template <unsigned N, unsigned W>
struct AllLanes {
  template <typename At>
  static void load(At at, u32* to) {
    for (u32 l = 0; l < W; ++l) {
      const auto words = read_bytes<Words<N>>(at(l));
      for (u32 n = 0; n < N; ++n) to[n * W + l] = words.word[n];
    }
  }
  template <typename At>
  static void store(At at, const u32* from) {
    for (u32 l = 0; l < W; ++l) {
      Words<N> words;
      for (u32 n = 0; n < N; ++n) words.word[n] = from[n * W + l];
      write_bytes(at(l), words);
    }
  }
};

[[gnu::always_inline]] inline void put(u32* to, Eight value) { __builtin_memcpy(to, &value, sizeof value); }
[[gnu::always_inline]] inline Eight got(const u32* from) {
  Eight value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

// Eight lanes are put together before they are written: what reads the register soon after reads as much at once.
template <unsigned W>
struct AllLanes<1, W> {
  template <typename At>
  static void load(At at, u32* to) {
    for (u32 l = 0; l < W; l += 8) {
      Eight lanes;
      for (u32 n = 0; n < 8; ++n) lanes[n] = read_bytes<u32>(at(l + n));
      put(to + l, lanes);
    }
  }
  template <typename At>
  static void store(At at, const u32* from) {
    for (u32 l = 0; l < W; ++l) write_bytes(at(l), from[l]);
  }
};

template <unsigned W>
struct AllLanes<2, W> {
  template <typename At>
  static void load(At at, u32* to) {
    for (u32 l = 0; l < W; l += 8) {
      const Eight a = four_lanes(at, l), b = four_lanes(at, l + 4);
      put(to + l, __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14));
      put(to + W + l, __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15));
    }
  }
  template <typename At>
  static void store(At at, const u32* from) {
    for (u32 l = 0; l < W; l += 8) {
      const Eight low = got(from + l), high = got(from + W + l);
      put_four_lanes(at, l, __builtin_shufflevector(low, high, 0, 8, 1, 9, 2, 10, 3, 11));
      put_four_lanes(at, l + 4, __builtin_shufflevector(low, high, 4, 12, 5, 13, 6, 14, 7, 15));
    }
  }

 private:
  using Pairs = u64 __attribute__((ext_vector_type(4)));
  template <typename At>
  [[gnu::always_inline]] static Eight four_lanes(At at, u32 l) {
    const Pairs pairs = {read_bytes<u64>(at(l)), read_bytes<u64>(at(l + 1)), read_bytes<u64>(at(l + 2)),
                         read_bytes<u64>(at(l + 3))};
    return __builtin_bit_cast(Eight, pairs);
  }
  template <typename At>
  [[gnu::always_inline]] static void put_four_lanes(At at, u32 l, Eight value) {
    const Pairs pairs = __builtin_bit_cast(Pairs, value);
    for (u32 n = 0; n < 4; ++n) write_bytes(at(l + n), u64{pairs[n]});
  }
};

template <unsigned W>
struct AllLanes<4, W> {
  template <typename At>
  static void load(At at, u32* to) {
    for (u32 l = 0; l < W; l += 8) {
      const Eight a = two_lanes(at, l), b = two_lanes(at, l + 1), c = two_lanes(at, l + 2), d = two_lanes(at, l + 3);
      const Eight ab = low_pairs(a, b), cd = low_pairs(c, d), ab_high = high_pairs(a, b), cd_high = high_pairs(c, d);
      put(to + l, low_halves(ab, cd));
      put(to + W + l, high_halves(ab, cd));
      put(to + 2 * W + l, low_halves(ab_high, cd_high));
      put(to + 3 * W + l, high_halves(ab_high, cd_high));
    }
  }
  template <typename At>
  static void store(At at, const u32* from) {
    for (u32 l = 0; l < W; l += 8) {
      const Eight a = got(from + l), b = got(from + W + l), c = got(from + 2 * W + l), d = got(from + 3 * W + l);
      const Eight ab = low_pairs(a, b), cd = low_pairs(c, d), ab_high = high_pairs(a, b), cd_high = high_pairs(c, d);
      put_two_lanes(at, l, low_halves(ab, cd));
      put_two_lanes(at, l + 1, high_halves(ab, cd));
      put_two_lanes(at, l + 2, low_halves(ab_high, cd_high));
      put_two_lanes(at, l + 3, high_halves(ab_high, cd_high));
    }
  }

 private:
  // Lanes `l` and `l` + 4.
  template <typename At>
  [[gnu::always_inline]] static Eight two_lanes(At at, u32 l) {
    const Four low = read_bytes<Four>(at(l)), high = read_bytes<Four>(at(l + 4));
    return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
  }
  template <typename At>
  [[gnu::always_inline]] static void put_two_lanes(At at, u32 l, Eight value) {
    write_bytes(at(l), __builtin_shufflevector(value, value, 0, 1, 2, 3));
    write_bytes(at(l + 4), __builtin_shufflevector(value, value, 4, 5, 6, 7));
  }
};

// Lanes whose N dwords follow one another.
template <unsigned N, unsigned W>
struct Rows {
  static void load(u64 first, u32* to) {
    AllLanes<N, W>::load([first](u32 l) { return first + 4 * N * l; }, to);
  }
  static void store(u64 first, const u32* from) {
    AllLanes<N, W>::store([first](u32 l) { return first + 4 * N * l; }, from);
  }
};

template <unsigned W>
struct Rows<1, W> {
  static void load(u64 first, u32* to) { __builtin_memcpy(to, reinterpret_cast<const void*>(first), 4 * W); }
  static void store(u64 first, const u32* from) { __builtin_memcpy(reinterpret_cast<void*>(first), from, 4 * W); }
};

}  // namespace cw::amd
