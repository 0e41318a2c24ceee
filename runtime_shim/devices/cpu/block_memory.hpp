// Memory that a block runs in.
#pragma once

#include <cstddef>

namespace cw::cpu {

// Shared memory and arena of the block that a thread runs, kept from block to block and launch to launch.
class BlockMemory {
 public:
  BlockMemory();
  ~BlockMemory();
  BlockMemory(const BlockMemory&) = delete;
  BlockMemory& operator=(const BlockMemory&) = delete;
  void reserve(size_t shared_bytes, size_t arena_bytes);
  void* shared() const { return shared_; }
  void* arena() const { return arena_ != nullptr ? static_cast<char*>(arena_) + stagger_ : nullptr; }
  void swap(BlockMemory& other) noexcept;

 private:
  void* shared_ = nullptr;
  void* arena_ = nullptr;
  size_t shared_size_ = 0;
  size_t arena_size_ = 0;
  size_t stagger_;  // threads start at different cache lines, or their blocks' frames compete for the same cache sets
};

}  // namespace cw::cpu
