#include "devices/cpu/block_memory.hpp"

#include <crosswarp/cpu_abi.h>
#include <stdlib.h>
#include <string.h>

#include <atomic>
#include <utility>

#include "devices/cpu/low_memory.hpp"

namespace cw::cpu {
namespace {

constexpr size_t kAlign = 128;

void* aligned(size_t bytes) {
  void* memory = nullptr;
  if (posix_memalign(&memory, kAlign, bytes) != 0) abort();
  return memory;
}

}  // namespace

BlockMemory::BlockMemory() {
  static std::atomic<unsigned> count{0};
  stagger_ = (count.fetch_add(1) % 16) * kAlign;
}

BlockMemory::~BlockMemory() {
  if (shared_ != nullptr) give_low(shared_, shared_size_);
  free(arena_);
}

void BlockMemory::reserve(size_t shared_bytes, size_t arena_bytes) {
  if (shared_bytes > shared_size_ || shared_ == nullptr) {
    if (shared_ != nullptr) give_low(shared_, shared_size_);
    shared_size_ = shared_bytes > 4096 ? shared_bytes : 4096;
    shared_ = take_low(shared_size_);
  }
  if (arena_bytes > arena_size_) {
    free(arena_);
    arena_size_ = arena_bytes;
    arena_ = aligned(arena_size_ + stagger_);
    // Memory that an earlier arena gave back still looks like one: the code would take over its damaged threads.
    memset(arena(), 0, arena_size_ < CW_CPU_ARENA_HEAD ? arena_size_ : CW_CPU_ARENA_HEAD);
  }
}

void BlockMemory::swap(BlockMemory& other) noexcept {
  std::swap(shared_, other.shared_);
  std::swap(arena_, other.arena_);
  std::swap(shared_size_, other.shared_size_);
  std::swap(arena_size_, other.arena_size_);
  std::swap(stagger_, other.stagger_);
}

}  // namespace cw::cpu
