#include "devices/cpu/memory.hpp"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/zeroed.hpp"

namespace cw::cpu {
namespace {

alignas(DeviceMemory) unsigned char storage[sizeof(DeviceMemory)];
pthread_once_t once = PTHREAD_ONCE_INIT;

void* pointer(uintptr_t address) { return reinterpret_cast<void*>(address); }

}  // namespace

DeviceMemory& device_memory() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) DeviceMemory(); });
  return *reinterpret_cast<DeviceMemory*>(storage);
}

bool DeviceMemory::charge(size_t bytes) {
  Lock lock(mutex_);
  return account_.charge(bytes);
}

void DeviceMemory::discharge(size_t bytes) {
  Lock lock(mutex_);
  account_.discharge(bytes);
}

void DeviceMemory::info(size_t* free_bytes, size_t* total_bytes) {
  Lock lock(mutex_);
  account_.info(free_bytes, total_bytes);
}

void* DeviceMemory::allocate(size_t bytes) {
  const size_t rounded = whole_pages(bytes);
  if (rounded < bytes || !charge(rounded)) return nullptr;
  const auto [block, base] = zeroed(rounded, whole_pages(1));
  if (block == nullptr) {
    discharge(rounded);
    return nullptr;
  }
  Lock lock(mutex_);
  allocations_.set(base, Allocation{rounded, block, -1});
  return pointer(base);
}

void DeviceMemory::release(void* memory) {
  const auto base = reinterpret_cast<uintptr_t>(memory);
  Allocation allocation = {0, nullptr, -1};
  {
    Lock lock(mutex_);
    if (const Allocation* found = allocations_.find(base)) allocation = *found;
    allocations_.erase(base);
    account_.discharge(allocation.bytes);
  }
  if (allocation.file >= 0) {  // the allocator gets private pages back
    mmap(memory, allocation.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    close(allocation.file);
  }
  free(allocation.block);
}

bool DeviceMemory::share(const void* memory, const char magic[8], FileTicket* out) {
  Lock lock(mutex_);
  const auto address = reinterpret_cast<uintptr_t>(memory);
  auto* found = allocations_.at_or_below(address);
  if (found == nullptr || address - found->key >= found->value.bytes) return false;
  if (found->value.file < 0 && !move_to_file(found->key, &found->value)) return false;
  *out = ticket_for(found->value.file, magic, 0, found->value.bytes);
  return true;
}

bool DeviceMemory::move_to_file(uintptr_t base, Allocation* allocation) {
  const int file = create_file(allocation->bytes);
  void* view = file >= 0 ? map_file(file, 0, allocation->bytes) : nullptr;
  if (view != nullptr) {
    memcpy(view, pointer(base), allocation->bytes);
    munmap(view, allocation->bytes);
    if (map_file(file, 0, allocation->bytes, pointer(base)) != nullptr) {
      allocation->file = file;
      return true;
    }
  }
  if (file >= 0) close(file);
  return false;
}

}  // namespace cw::cpu
