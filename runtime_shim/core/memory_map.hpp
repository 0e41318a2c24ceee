// Every range of memory the runtime knows: what it allocated, what the program registered, the variables of loaded modules.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/flat_map.hpp"
#include "core/sync.hpp"
#include "devices/device.hpp"

namespace cw {

// kImported: device memory of another process. kMapped: core/virtual_memory.hpp.
enum class MemoryKind { kDevice, kHost, kRegistered, kManaged, kVariable, kManagedVariable, kImported, kMapped };

struct MemoryRange {
  uintptr_t base = 0;
  size_t bytes = 0;
  MemoryKind kind = MemoryKind::kDevice;
  int device = 0;      // ordinal
  unsigned flags = 0;  // of cudaHostAlloc, cudaHostRegister, cudaMallocManaged
  Ref<Pool> pool;      // where it came from and goes back to; null: the device
  uint64_t id = 0;     // never used again

  bool contains(uintptr_t address, size_t size) const { return address - base <= bytes && size <= bytes - (address - base); }
};

class MemoryMap {
 public:
  // Ranges of size 0 are kept as one byte, so that their pointer is known.
  void add(const void* base, size_t bytes, MemoryKind kind, int device, unsigned flags = 0, const Ref<Pool>& pool = Ref<Pool>());
  // Removes the range that starts at `base` and is of one of two kinds; false when there is none.
  bool remove(const void* base, MemoryKind kind, MemoryKind other, MemoryRange* removed);
  // The range that holds `address`; false when there is none.
  bool find(const void* address, MemoryRange* out);
  // True when the `bytes` from `address` lie in one known range, or in mapped ranges without a gap.
  bool covers(const void* address, size_t bytes);
  // Takes out a range of one kind that starts at `base`.
  void remove_kind(const void* base, MemoryKind kind);
  // True when a known range holds some of the `bytes` from `address`.
  bool overlaps(const void* address, size_t bytes);
  // Ranges that programs asked for: variables of modules do not count.
  size_t allocations();
  // Takes out every range of a device, one call each; false when there is none left.
  bool remove_next(int device, MemoryRange* removed);

 private:
  void forget_overlaps(uintptr_t base, size_t bytes);

  Mutex mutex_;
  FlatMap<uintptr_t, MemoryRange> ranges_;
  uint64_t last_id_ = 0;
};

}  // namespace cw
