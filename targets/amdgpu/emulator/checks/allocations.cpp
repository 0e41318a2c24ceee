#include "emulator/checks/allocations.hpp"

#include <stdlib.h>

#include "core/immortal.hpp"
#include "emulator/api.h"
#include "emulator/machine/checks.hpp"

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace cw::amd {
namespace {

constinit Immortal<Allocations> books;
constexpr u64 kNear = 4096;

}  // namespace

Allocations& allocations() { return books.value; }

void Allocations::add(u64 begin, u64 bytes, bool fresh) {
  Block block{{begin, bytes}};
  if (fresh && bytes != 0) {
    block.written = static_cast<u64*>(calloc((bytes + 63) / 64, sizeof(u64)));
    if (block.written == nullptr) abort();
  }
  Lock lock(mutex_);
  if (Block* old = blocks_.find(begin)) free(old->written);
  blocks_.set(begin, block);
}

void Allocations::remove(u64 begin) {
  Lock lock(mutex_);
  Block* block = blocks_.find(begin);
  if (block == nullptr) return;
  freed_[freed_count_++ % kFreed] = block->extent;
  free(block->written);
  blocks_.erase(begin);
}

bool Allocations::is_written(const Block& block, u64 offset) {
  return block.written == nullptr || (block.written[offset / 64] >> (offset % 64) & 1) != 0;
}

void Allocations::set_written(Block& block, u64 offset, bool written) {
  if (block.written == nullptr) return;
  const u64 bit = u64{1} << (offset % 64);
  u64& word = block.written[offset / 64];
  word = written ? word | bit : word & ~bit;
}

Allocations::Block* Allocations::block_at(u64 address) {
  auto* below = blocks_.at_or_below(address);
  return below != nullptr && below->value.extent.holds(address, 1) ? &below->value : nullptr;
}

void Allocations::mark_written(u64 address, u64 bytes) {
  Lock lock(mutex_);
  Block* block = block_at(address);
  if (block == nullptr) return;
  const u64 first = address - block->extent.begin;
  for (u64 n = 0; n < bytes && first + n < block->extent.bytes; ++n) set_written(*block, first + n, true);
}

void Allocations::mark_copied(u64 to, u64 from, u64 bytes) {
  Lock lock(mutex_);
  Block* target = block_at(to);
  if (target == nullptr || target->written == nullptr) return;
  const Block* source = block_at(from);
  const u64 first = to - target->extent.begin, origin = source != nullptr ? from - source->extent.begin : 0;
  for (u64 n = 0; n < bytes && first + n < target->extent.bytes; ++n) {
    const bool known = source != nullptr && origin + n < source->extent.bytes;
    set_written(*target, first + n, !known || is_written(*source, origin + n));
  }
}

bool Allocations::empty() {
  Lock lock(mutex_);
  return blocks_.size() == 0;
}

bool Allocations::holds(u64 address, u64 bytes) {
  Lock lock(mutex_);
  const Block* block = block_at(address);
  return block != nullptr && block->extent.holds(address, bytes);
}

bool Allocations::was_written(u64 address, u64 bytes) {
  Lock lock(mutex_);
  const Block* block = block_at(address);
  if (block == nullptr || block->written == nullptr || !block->extent.holds(address, bytes)) return true;
  for (u64 n = 0; n < bytes; ++n) {
    if (!is_written(*block, address - block->extent.begin + n)) return false;
  }
  return true;
}

bool Allocations::freed_at(u64 address, Extent* extent) const {
  for (const Extent& gone : freed_) {
    if (!gone.holds(address, 1)) continue;
    *extent = gone;
    return true;
  }
  return false;
}

bool Allocations::nearest(u64 address, Extent* extent, bool* freed) {
  Lock lock(mutex_);
  *freed = block_at(address) == nullptr && freed_at(address, extent);
  if (*freed) return true;
  auto* below = blocks_.at_or_below(address);
  auto* above = blocks_.above(address);
  const u64 behind = below != nullptr ? address - (below->key + below->value.extent.bytes) : kNear;
  const u64 before = above != nullptr ? above->key - address : kNear;
  if (below != nullptr && (static_cast<i64>(behind) <= 0 || (behind < kNear && behind <= before)))
    *extent = below->value.extent;
  else if (above != nullptr && before < kNear)
    *extent = above->value.extent;
  else
    return false;
  return true;
}

}  // namespace cw::amd

using namespace cw::amd;

EXPORT void cw_amd_memory_allocated(const void* memory, uint64_t bytes, cw_amd_memory_kind kind) {
  const u32 checks = enabled_checks();
  if ((checks & (kCheckMemory | kCheckValues)) == 0 || memory == nullptr) return;
  allocations().add(reinterpret_cast<u64>(memory), bytes, kind == CW_AMD_MEMORY_FRESH && (checks & kCheckValues) != 0);
}

EXPORT void cw_amd_memory_freed(const void* memory) {
  if ((enabled_checks() & (kCheckMemory | kCheckValues)) != 0) allocations().remove(reinterpret_cast<u64>(memory));
}

EXPORT void cw_amd_memory_written(const void* memory, uint64_t bytes) {
  if ((enabled_checks() & kCheckValues) != 0) allocations().mark_written(reinterpret_cast<u64>(memory), bytes);
}

EXPORT void cw_amd_memory_copied(const void* to, const void* from, uint64_t bytes) {
  if ((enabled_checks() & kCheckValues) == 0) return;
  allocations().mark_copied(reinterpret_cast<u64>(to), reinterpret_cast<u64>(from), bytes);
}
