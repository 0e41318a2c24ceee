#include "core/memory_map.hpp"

namespace cw {
namespace {

uintptr_t address_of(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer); }

}  // namespace

void MemoryMap::add(const void* base, size_t bytes, MemoryKind kind, int device, unsigned flags, const Ref<Pool>& pool) {
  Lock lock(mutex_);
  forget_overlaps(address_of(base), bytes);
  ranges_.set(address_of(base), MemoryRange{address_of(base), bytes != 0 ? bytes : 1, kind, device, flags, pool, ++last_id_});
}

// What lay there before is gone, if the runtime was told or not (memory of an unloaded module).
void MemoryMap::forget_overlaps(uintptr_t base, size_t bytes) {
  while (auto* item = ranges_.at_or_below(base + (bytes != 0 ? bytes - 1 : 0))) {
    if (item->value.base + item->value.bytes <= base) return;
    ranges_.erase(item->key);
  }
}

bool MemoryMap::remove(const void* base, MemoryKind kind, MemoryKind other, MemoryRange* removed) {
  Lock lock(mutex_);
  const MemoryRange* range = ranges_.find(address_of(base));
  if (range == nullptr || (range->kind != kind && range->kind != other)) return false;
  *removed = *range;
  ranges_.erase(address_of(base));
  return true;
}

bool MemoryMap::find(const void* address, MemoryRange* out) {
  Lock lock(mutex_);
  const auto* item = ranges_.at_or_below(address_of(address));
  if (item == nullptr || address_of(address) - item->value.base >= item->value.bytes) return false;
  *out = item->value;
  return true;
}

bool MemoryMap::covers(const void* address, size_t bytes) {
  Lock lock(mutex_);
  uintptr_t at = address_of(address);
  const auto* item = ranges_.at_or_below(at);
  while (item != nullptr && at - item->value.base < item->value.bytes) {
    if (item->value.contains(at, bytes)) return true;
    if (item->value.kind != MemoryKind::kMapped) return false;
    const uintptr_t end = item->value.base + item->value.bytes;
    bytes -= end - at;
    at = end;
    const auto* next = ranges_.find(at);
    item = next != nullptr && next->kind == MemoryKind::kMapped ? ranges_.at_or_below(at) : nullptr;
  }
  return false;
}

void MemoryMap::remove_kind(const void* base, MemoryKind kind) {
  Lock lock(mutex_);
  const MemoryRange* range = ranges_.find(address_of(base));
  if (range != nullptr && range->kind == kind) ranges_.erase(address_of(base));
}

bool MemoryMap::overlaps(const void* address, size_t bytes) {
  Lock lock(mutex_);
  const auto* item = ranges_.at_or_below(address_of(address) + (bytes != 0 ? bytes - 1 : 0));
  return item != nullptr && item->value.base + item->value.bytes > address_of(address);
}

bool MemoryMap::remove_next(int device, MemoryRange* removed) {
  Lock lock(mutex_);
  for (auto& item : ranges_) {
    if (item.value.device != device) continue;
    *removed = item.value;
    ranges_.erase(item.key);
    return true;
  }
  return false;
}

size_t MemoryMap::allocations() {
  Lock lock(mutex_);
  size_t count = 0;
  for (const auto& item : ranges_) {
    const MemoryKind kind = item.value.kind;
    count += kind != MemoryKind::kVariable && kind != MemoryKind::kManagedVariable ? 1 : 0;
  }
  return count;
}

}  // namespace cw
