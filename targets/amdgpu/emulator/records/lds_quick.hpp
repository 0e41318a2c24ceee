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
    AllLanes<N, W>::load([this](u32 l) { return place(l); }, to);
  }

  template <unsigned N>
  void store(const u32* from) const {
    AllLanes<N, W>::store([this](u32 l) { return place(l); }, from);
  }

 private:
  [[gnu::always_inline]] u64 place(u32 l) const { return reinterpret_cast<u64>(lds) + at[l]; }
};

}  // namespace cw::amd
