// The short way of LDS loads and stores: all lanes take part, all addresses exist, nobody watches.
#pragma once

#include "emulator/records/memory_rows.hpp"

namespace cw::amd {

template <unsigned W>
struct QuickShared {
  alignas(64) u32 at[W];
  u8* lds = nullptr;

  // False where the access has to go the long way. `offset` is added to the addresses in source[0].
  [[gnu::always_inline]] bool find(const Wave& w, const Instruction& i, u32 offset, u32 bytes) {
    if (w.observe != nullptr || (w.exec() & w.all_lanes()) != w.all_lanes() || w.lds_bytes < bytes) return false;
    const u32* base = w.vgpr + u64{i.source[0].index} * W;
    u32 highest = 0;
    for (u32 l = 0; l < W; ++l) {
      at[l] = base[l] + offset;
      highest = at[l] > highest ? at[l] : highest;
    }
    lds = w.lds;
    return highest <= w.lds_bytes - bytes;
  }

  template <unsigned N>
  void load(u32* to) const {
    if constexpr (N == 4) {
      for (u32 l = 0; l < W; l += 4) load_four(l, to + l);
    } else {
      for (u32 l = 0; l < W; ++l) {
        const auto words = read_bytes<Words<N>>(place(l));
        for (u32 n = 0; n < N; ++n) to[n * W + l] = words.word[n];
      }
    }
  }

  template <unsigned N>
  void store(const u32* from) const {
    for (u32 l = 0; l < W; ++l) {
      Words<N> words;
      for (u32 n = 0; n < N; ++n) words.word[n] = from[n * W + l];
      write_bytes(place(l), words);
    }
  }

 private:
  [[gnu::always_inline]] u64 place(u32 l) const { return reinterpret_cast<u64>(lds) + at[l]; }

  // Four words of four lanes: rows become columns.
  [[gnu::always_inline]] void load_four(u32 l, u32* to) const {
    const Four a = read_bytes<Four>(place(l)), b = read_bytes<Four>(place(l + 1));
    const Four c = read_bytes<Four>(place(l + 2)), d = read_bytes<Four>(place(l + 3));
    const Four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Four cd = __builtin_shufflevector(c, d, 0, 4, 1, 5), cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    put(to, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
    put(to + W, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
    put(to + 2 * W, __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5));
    put(to + 3 * W, __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7));
  }
  [[gnu::always_inline]] static void put(u32* to, Four value) { __builtin_memcpy(to, &value, sizeof value); }
};

}  // namespace cw::amd
