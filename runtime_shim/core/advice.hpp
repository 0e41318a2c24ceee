// What a program said about its managed memory: advice and prefetches, by address, as cudaMemRangeGetAttribute reports them.
// No device here needs them to be right: they are remembered, and passed on to devices whose library makes use of them.
#pragma once

#include <driver_types.h>

#include "core/flat_map.hpp"
#include "core/sync.hpp"

namespace cw {

inline constexpr cudaMemLocation kNowhere = {cudaMemLocationTypeInvalid, cudaInvalidDeviceId};

struct Advice {
  bool read_mostly = false;
  cudaMemLocation preferred = kNowhere;
  cudaMemLocation last_prefetch = kNowhere;
  uint64_t accessed_by = 0;  // bit 0: the host; bit n + 1: device n
};

class AdviceMap {
 public:
  // Changes what is known of the bytes [begin, end) by `change(Advice&)`.
  template <typename Change>
  void update(uintptr_t begin, uintptr_t end, Change change) {
    Lock lock(mutex_);
    split(begin);
    split(end);
    fill(begin, end);
    for (auto& part : parts_) {
      if (part.key >= begin && part.key < end) change(part.value.advice);
    }
  }
  // What holds for all of the bytes: a location that differs is kNowhere, a flag holds where it holds everywhere.
  Advice common(uintptr_t begin, uintptr_t end);
  // The memory is gone.
  void forget(uintptr_t begin, uintptr_t end);

 private:
  struct Part {
    uintptr_t end;
    Advice advice;
  };
  void split(uintptr_t at);
  void fill(uintptr_t begin, uintptr_t end);

  Mutex mutex_;
  FlatMap<uintptr_t, Part> parts_;  // by first address, without overlap
};

// The range must be managed memory; memory that the runtime does not know is accepted where devices use pageable memory, and
// nothing is remembered of it. cudaErrorInvalidValue, cudaErrorInvalidDevice.
cudaError_t advise(const void* memory, size_t bytes, cudaMemoryAdvise advice, const cudaMemLocation& location);
cudaError_t note_prefetch(const void* memory, size_t bytes, const cudaMemLocation& location);
// One attribute of a range; cudaErrorInvalidValue for a size that does not fit the attribute.
cudaError_t range_attribute(void* out, size_t out_bytes, cudaMemRangeAttribute attribute, const void* memory, size_t bytes);

// The older entries' way of naming a place: a device, or cudaCpuDeviceId.
cudaMemLocation location_of_ordinal(int ordinal);
// The other way round; the host is cudaCpuDeviceId, nowhere cudaInvalidDeviceId.
int ordinal_of_location(const cudaMemLocation& location);

}  // namespace cw
