// The blocks of a memory pool: which parts of its chunks are in use, and after which work the others may be used again.
#pragma once

#include "core/flat_map.hpp"
#include "devices/cpu/queue.hpp"

namespace cw::cpu {

struct PoolBlock {
  size_t bytes = 0;
  bool used = false;
  Dependency free_after{};  // no queue: free at once
};

struct PoolChunk {
  uintptr_t base;
  size_t bytes;
  size_t offset;  // in the pool's file, where it has one
};

// Not locked: the pool does that.
class PoolBlocks {
 public:
  void add_chunk(const PoolChunk& chunk);
  // The smallest free block of at least `bytes` that `usable(block)` takes, cut to size; false when there is none.
  template <typename Usable>
  bool take(size_t bytes, Usable usable, uintptr_t* out, Dependency* free_after) {
    uintptr_t best = 0;
    size_t best_bytes = 0;
    for (auto& item : blocks_) {
      const PoolBlock& block = item.value;
      if (block.used || block.bytes < bytes || (best_bytes != 0 && block.bytes >= best_bytes) || !usable(block)) continue;
      best = item.key;
      best_bytes = block.bytes;
    }
    if (best_bytes != 0) cut(best, bytes, free_after);
    *out = best;
    return best_bytes != 0;
  }
  // Bytes of a used block that starts at `base`; 0 when there is none.
  size_t used_bytes(uintptr_t base);
  const PoolChunk* chunk_of(uintptr_t address) const;
  void give_back(uintptr_t base, const Dependency& free_after);
  // Joins neighbours that can be used again after the same work.
  void merge();
  // Takes one chunk out that nothing uses; false when there is none of at most `most` bytes.
  bool remove_chunk(size_t most, PoolChunk* out);

 private:
  void cut(uintptr_t base, size_t bytes, Dependency* free_after);
  bool starts_chunk(uintptr_t base) const;

  Vector<PoolChunk> chunks_;
  FlatMap<uintptr_t, PoolBlock> blocks_;
};

inline bool is_settled(const PoolBlock& block) {
  return !block.free_after.queue || block.free_after.queue->reached(block.free_after.number);
}

}  // namespace cw::cpu
