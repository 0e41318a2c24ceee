#include "emulator/hip/memory.hpp"

#include <stdlib.h>

#include "core/immortal.hpp"
#include "core/zeroed.hpp"
#include "emulator/api.h"

namespace cw::amdhip {
namespace {

constinit Immortal<Memory> books;
constexpr size_t kAlign = 256;  // what HIP promises
constexpr size_t kPage = 4096;
constexpr size_t kGap = 256;  // behind each allocation: a kernel that writes a little too far does not hit our own books

}  // namespace

Memory& memory() { return books.value; }

Error Memory::allocate(size_t bytes, const Allocation& like, void** out) {
  Lock lock(mutex_);
  if (!account_.charge(bytes)) return hipErrorOutOfMemory;
  const auto [block, base] = zeroed(bytes + kGap, bytes >= kPage ? kPage : kAlign);
  if (block == nullptr) {
    account_.discharge(bytes);
    return hipErrorOutOfMemory;
  }
  Allocation made = like;
  made.base = base;
  made.block = block;
  made.bytes = bytes;
  *out = reinterpret_cast<void*>(made.base);
  allocations_.set(made.base, made);
  cw_amd_memory_allocated(*out, bytes, like.type == kDevice ? CW_AMD_MEMORY_FRESH : CW_AMD_MEMORY_WRITTEN);
  return hipSuccess;
}

Error Memory::add_registered(void* memory, size_t bytes, unsigned flags, int device) {
  Lock lock(mutex_);
  const uintptr_t base = reinterpret_cast<uintptr_t>(memory);
  const auto* below = allocations_.at_or_below(base);
  const auto* above = allocations_.above(base);
  if (below != nullptr && base - below->key < below->value.bytes) return hipErrorHostMemoryAlreadyRegistered;
  if (above != nullptr && above->key - base < bytes) return hipErrorHostMemoryAlreadyRegistered;
  allocations_.set(base, Allocation{base, bytes, nullptr, kHost, device, flags, true, Ref<Account>()});
  cw_amd_memory_allocated(memory, bytes, CW_AMD_MEMORY_WRITTEN);
  return hipSuccess;
}

void Memory::discard(const Allocation& gone) {
  cw_amd_memory_freed(reinterpret_cast<void*>(gone.base));
  if (gone.account) gone.account->gone(gone.bytes);
  free(gone.block);
}

bool Memory::find(const void* memory, Allocation* out) {
  Lock lock(mutex_);
  const uintptr_t address = reinterpret_cast<uintptr_t>(memory);
  const auto* below = allocations_.at_or_below(address);
  if (below == nullptr || (address - below->key >= below->value.bytes && address != below->key)) return false;
  *out = below->value;
  return true;
}

bool Memory::fits(const void* memory, size_t bytes) {
  Allocation found;
  if (!find(memory, &found)) return true;
  return bytes <= found.bytes - (reinterpret_cast<uintptr_t>(memory) - found.base);
}

void Memory::info(size_t* free_bytes, size_t* total_bytes) {
  Lock lock(mutex_);
  account_.info(free_bytes, total_bytes);
}

}  // namespace cw::amdhip
