// What the memory of this process is to kernels: allocations, which of their bytes were written, and what was freed.
#pragma once

#include "core/flat_map.hpp"
#include "core/sync.hpp"
#include "emulator/machine/types.hpp"

namespace cw::amd {

// A run of bytes: allocated, or freed lately.
struct Extent {
  u64 begin = 0, bytes = 0;
  bool holds(u64 address, u64 count) const {
    return address >= begin && address - begin <= bytes && count <= bytes - (address - begin);
  }
};

// Any number of threads may call any of these.
class Allocations {
 public:
  // `fresh`: nobody has written the bytes. Kept in account only while a check is on that asks for them.
  void add(u64 begin, u64 bytes, bool fresh);
  void remove(u64 begin);
  void mark_written(u64 address, u64 bytes);
  // `bytes` at `to` hold what `from` holds; memory that is not known counts as written.
  void mark_copied(u64 to, u64 from, u64 bytes);

  bool empty();
  // Whether all of `bytes` lie in one allocation.
  bool holds(u64 address, u64 bytes);
  bool was_written(u64 address, u64 bytes);
  // What an access outside of all allocations was near to: the one that ends or begins closest, or memory freed lately (`*freed`).
  // False where nothing is within a page.
  bool nearest(u64 address, Extent* extent, bool* freed);

 private:
  struct Block {
    Extent extent;
    u64* written = nullptr;  // a bit a byte; null: all of them
  };
  static bool is_written(const Block& block, u64 offset);
  static void set_written(Block& block, u64 offset, bool written);
  Block* block_at(u64 address);
  bool freed_at(u64 address, Extent* extent) const;

  static constexpr u32 kFreed = 64;
  Mutex mutex_;
  FlatMap<u64, Block> blocks_;
  Extent freed_[kFreed];
  u32 freed_count_ = 0;
};

Allocations& allocations();

}  // namespace cw::amd
