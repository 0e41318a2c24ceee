// DS instructions with two addresses: one register and two offsets, in units of the size or of 64 times the size.
#include "emulator/records/memory_atomics.hpp"
#include "emulator/records/memory_transfer.hpp"

namespace cw::amd {
namespace {

template <unsigned W>
bool find_both(Wave& w, const Instruction& i, u32 unit, const Request& request, Lanes<W> (&lanes)[2]) {
  shared_offsets(w, i, static_cast<u32>(i.offset) * unit, request, lanes[0]);
  shared_offsets(w, i, static_cast<u32>(i.offset1) * unit, request, lanes[1]);
  return find_shared(w, i, request, lanes[0]) && find_shared(w, i, request, lanes[1]);
}

template <unsigned W>
[[gnu::always_inline]] inline bool find_quick(const Wave& w, const Instruction& i, u32 bytes, u32 stride,
                                              QuickShared<W> (&lanes)[2]) {
  const u32 unit = bytes * stride;
  return lanes[0].find(w, i, static_cast<u32>(i.offset) * unit, bytes) &&
         lanes[1].find(w, i, static_cast<u32>(i.offset1) * unit, bytes);
}

template <unsigned N, u32 stride>
struct LoadBoth {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    u32* to = w.lane_values(i.destination.index);
    QuickShared<W> quick[2];
    if (find_quick(w, i, 4 * N, stride, quick)) {
      quick[0].template load<N>(to);
      quick[1].template load<N>(to + N * W);
      return after(i);
    }
    Lanes<W> lanes[2];
    if (!find_both(w, i, 4 * N * stride, LoadWords<N>::kRequest, lanes)) return nullptr;
    LoadWords<N>::load(lanes[0], to);
    LoadWords<N>::load(lanes[1], to + N * W);
    return after(i);
  }
};

template <unsigned N, u32 stride>
struct StoreBoth {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    QuickShared<W> quick[2];
    if (find_quick(w, i, 4 * N, stride, quick)) {
      quick[0].template store<N>(w.lane_values(i.source[1].index));
      quick[1].template store<N>(w.lane_values(i.source[2].index));
      return after(i);
    }
    Lanes<W> lanes[2];
    if (!find_both(w, i, 4 * N * stride, StoreWords<N>::kRequest, lanes)) return nullptr;
    StoreWords<N>::run(w, i, lanes[0], w.lane_values(i.source[1].index));
    StoreWords<N>::run(w, i, lanes[1], w.lane_values(i.source[2].index));
    return after(i);
  }
};

template <typename T, u32 stride>
struct SwapBoth {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    Lanes<W> lanes[2];
    constexpr Request kRequest{sizeof(T), Access::kAtomic};
    if (!find_both(w, i, sizeof(T) * stride, kRequest, lanes)) return nullptr;
    if (!atomics_can_be<T>(w, i, lanes[0]) || !atomics_can_be<T>(w, i, lanes[1])) return nullptr;
    T given[2][W], old[2][W] = {};
    for (u32 n = 0; n < 2; ++n) {
      const u32* data = w.lane_values(i.source[1 + n].index);
      for (u32 l = 0; l < W; ++l) given[n][l] = register_value<T, W>(data, l);
      each_of(lanes[n].active,
              [&](u32 l) { old[n][l] = change_at<T>(Space::kShared, lanes[n].at[l], [&](T) { return given[n][l]; }); });
    }
    u32* to = w.lane_values(i.destination.index);
    for (u32 n = 0; n < 2; ++n) {
      each_of(w.exec() & w.all_lanes(), [&](u32 l) { put_register<T, W>(to + n * (sizeof(T) / 4) * W, l, old[n][l]); });
    }
    return after(i);
  }
};

#define BOTH(name, ...) CW_ANNOUNCE(#name, &__VA_ARGS__::run<32>, &__VA_ARGS__::run<64>)

BOTH(ds_load_2addr_b32, LoadBoth<1, 1>);
BOTH(ds_load_2addr_b64, LoadBoth<2, 1>);
BOTH(ds_load_2addr_stride64_b32, LoadBoth<1, 64>);
BOTH(ds_load_2addr_stride64_b64, LoadBoth<2, 64>);
BOTH(ds_store_2addr_b32, StoreBoth<1, 1>);
BOTH(ds_store_2addr_b64, StoreBoth<2, 1>);
BOTH(ds_store_2addr_stride64_b32, StoreBoth<1, 64>);
BOTH(ds_store_2addr_stride64_b64, StoreBoth<2, 64>);
BOTH(ds_storexchg_2addr_rtn_b32, SwapBoth<u32, 1>);
BOTH(ds_storexchg_2addr_rtn_b64, SwapBoth<u64, 1>);
BOTH(ds_storexchg_2addr_stride64_rtn_b32, SwapBoth<u32, 64>);
BOTH(ds_storexchg_2addr_stride64_rtn_b64, SwapBoth<u64, 64>);

ALIAS(ds_read2_b32, ds_load_2addr_b32);
ALIAS(ds_read2_b64, ds_load_2addr_b64);
ALIAS(ds_read2st64_b32, ds_load_2addr_stride64_b32);
ALIAS(ds_read2st64_b64, ds_load_2addr_stride64_b64);
ALIAS(ds_write2_b32, ds_store_2addr_b32);
ALIAS(ds_write2_b64, ds_store_2addr_b64);
ALIAS(ds_write2st64_b32, ds_store_2addr_stride64_b32);
ALIAS(ds_write2st64_b64, ds_store_2addr_stride64_b64);
ALIAS(ds_wrxchg2_rtn_b32, ds_storexchg_2addr_rtn_b32);
ALIAS(ds_wrxchg2_rtn_b64, ds_storexchg_2addr_rtn_b64);
ALIAS(ds_wrxchg2st64_rtn_b32, ds_storexchg_2addr_stride64_rtn_b32);
ALIAS(ds_wrxchg2st64_rtn_b64, ds_storexchg_2addr_stride64_rtn_b64);

}  // namespace
}  // namespace cw::amd
