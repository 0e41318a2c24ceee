// Tiles of more than a warp: 64 to 1024 threads whose warps meet in shared memory. Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_WIDE_TILE_H
#define CROSSWARP_COOPERATIVE_GROUPS_WIDE_TILE_H

namespace cooperative_groups::__v1 {
namespace details {
struct tile_barrier {
  unsigned arrived, phase;
};

// Every warp's first lane meets those of the other warps. The warp that opens the barrier does so before any loop: lanes of two
// warps may share a wave, which runs one path of a branch at a time.
CG_DEVICE void sync_wide(tile_barrier* barrier, unsigned warps) {
  __syncwarp();
  if (__lane() == 0) {
    const unsigned phase = *(volatile unsigned*)&barrier->phase;
    __threadfence_block();
    if (atomicAdd_block(&barrier->arrived, 1u) == warps - 1) {
      atomicExch_block(&barrier->arrived, 0u);
      __threadfence_block();
      atomicAdd_block(&barrier->phase, 1u);
    }
    while (*(volatile unsigned*)&barrier->phase == phase) {
    }
    __threadfence_block();
  }
  __syncwarp();
}

// One value a warp.
struct warp_slot {
  unsigned words[largest_value / 4];
  template <class __T>
  CG_DEVICE void put(const __T& value) {
    static_assert(sizeof(__T) <= largest_value, "threads exchange values of at most 32 bytes");
    __builtin_memcpy(words, &value, sizeof(__T));
  }
  template <class __T>
  CG_DEVICE __T get() const {
    union {
      char none;
      __T value;
    } kept = {};
    __builtin_memcpy((void*)&kept.value, words, sizeof(__T));
    return kept.value;
  }
};

template <unsigned Size>
struct wide_tile_memory {
  tile_barrier barrier[1024 / Size];
  warp_slot slot[32];
};
template <unsigned Size>
CG_DEVICE wide_tile_memory<Size>& shared_of_wide_tiles() {
  __shared__ wide_tile_memory<Size> memory;
  return memory;
}

template <unsigned Size>
class tile_members<Size, false> {
 protected:
  unsigned meta_rank_, meta_size_;
  CG_DEVICE tile_members(unsigned meta_rank, unsigned meta_size) : meta_rank_(meta_rank), meta_size_(meta_size) {}
  static CG_DEVICE unsigned tile_of_block() { return block_rank() / Size; }
  static CG_DEVICE tile_barrier* barrier() { return &shared_of_wide_tiles<Size>().barrier[tile_of_block()]; }
  static CG_DEVICE warp_slot* slots() { return &shared_of_wide_tiles<Size>().slot[tile_of_block() * (Size / 32)]; }

 public:
  static constexpr unsigned warps = Size / 32;
  static CG_DEVICE void sync() { sync_wide(barrier(), warps); }
  static CG_DEVICE unsigned thread_rank() { return block_rank() & (Size - 1); }

  // Calls `use` with the slots of the tile's warps, after lane `source` of each warp has put its `value` there.
  template <class __T, class Use>
  CG_DEVICE auto exchange(const __T& value, unsigned source, Use use) const -> decltype(use((const warp_slot*)nullptr)) {
    warp_slot* const all = slots();
    if (__lane() == source) all[thread_rank() / 32].put(value);
    sync();
    const auto result = use(all);
    sync();
    return result;
  }
  // Every thread names the same rank.
  template <class __T>
  CG_DEVICE __T shfl(__T value, unsigned rank) const {
    return exchange(value, rank % 32, [=](const warp_slot* all) { return all[rank / 32].template get<__T>(); });
  }
  CG_DEVICE int any(int predicate) const {
    return exchange(__any_sync(0xffffffffu, predicate), 0, [](const warp_slot* all) {
      int found = 0;
      for (unsigned warp = 0; warp < warps; ++warp) found |= all[warp].template get<int>();
      return found;
    });
  }
  CG_DEVICE int all(int predicate) const { return !any(!predicate); }
};

// The barriers of a block's tiles of one size are ready when all its threads have been here.
template <unsigned Size, class Group>
CG_DEVICE void prepare_wide_tiles(const Group& parent) {
  parent.sync();
  if (block_rank() % Size == 0) shared_of_wide_tiles<Size>().barrier[block_rank() / Size] = tile_barrier{0, 0};
  parent.sync();
}
}  // namespace details
}  // namespace cooperative_groups::__v1

#endif
