#include "core/advice.hpp"

#include "core/runtime.hpp"

namespace cw {
namespace {

bool same(const cudaMemLocation& a, const cudaMemLocation& b) { return a.type == b.type && a.id == b.id; }

void keep_common(Advice* all, const Advice& part) {
  all->read_mostly = all->read_mostly && part.read_mostly;
  all->accessed_by &= part.accessed_by;
  if (!same(all->preferred, part.preferred)) all->preferred = kNowhere;
  if (!same(all->last_prefetch, part.last_prefetch)) all->last_prefetch = kNowhere;
}

}  // namespace

void AdviceMap::split(uintptr_t at) {
  auto* part = parts_.at_or_below(at);
  if (part == nullptr || part->key == at || part->value.end <= at) return;
  const Part rest = part->value;
  part->value.end = at;
  parts_.set(at, rest);
}

// Gives every gap in [begin, end) a part.
void AdviceMap::fill(uintptr_t begin, uintptr_t end) {
  while (begin < end) {
    if (const Part* part = parts_.find(begin)) {
      begin = part->end;
      continue;
    }
    const auto* next = parts_.above(begin);
    const uintptr_t stop = next != nullptr && next->key < end ? next->key : end;
    parts_.set(begin, Part{stop, Advice{}});
    begin = stop;
  }
}

Advice AdviceMap::common(uintptr_t begin, uintptr_t end) {
  Lock lock(mutex_);
  split(begin);
  split(end);
  fill(begin, end);
  Advice all = parts_.find(begin)->advice;
  for (auto& part : parts_) {
    if (part.key >= begin && part.key < end) keep_common(&all, part.value.advice);
  }
  return all;
}

void AdviceMap::forget(uintptr_t begin, uintptr_t end) {
  Lock lock(mutex_);
  split(begin);
  split(end);
  while (auto* part = parts_.at_or_below(end - 1)) {
    if (part->key < begin) return;
    parts_.erase(part->key);
  }
}

namespace {

enum class Place { kManaged, kPageable, kWrong };

Place place_of(const void* memory, size_t bytes) {
  MemoryRange range;
  if (memory == nullptr || bytes == 0) return Place::kWrong;
  if (runtime().memory().find(memory, &range)) {
    const bool managed = range.kind == MemoryKind::kManaged || range.kind == MemoryKind::kManagedVariable;
    return managed && range.contains(reinterpret_cast<uintptr_t>(memory), bytes) ? Place::kManaged : Place::kWrong;
  }
  const cudaDeviceProp* properties = nullptr;
  const bool known = runtime().properties(0, &properties) == cudaSuccess;
  return known && properties->pageableMemoryAccess != 0 ? Place::kPageable : Place::kWrong;
}

cudaError_t check_location(const cudaMemLocation& location) {
  if (location.type == cudaMemLocationTypeDevice) {
    return location.id >= 0 && location.id < runtime().device_count() ? cudaSuccess : cudaErrorInvalidDevice;
  }
  const bool host = location.type >= cudaMemLocationTypeHost && location.type <= cudaMemLocationTypeHostNumaCurrent;
  return host ? cudaSuccess : cudaErrorInvalidValue;
}

uint64_t accessor_bit(const cudaMemLocation& location) {
  return location.type == cudaMemLocationTypeDevice ? uint64_t{2} << location.id : uint64_t{1};
}

void apply(Advice& known, cudaMemoryAdvise advice, const cudaMemLocation& location) {
  switch (advice) {
    case cudaMemAdviseSetReadMostly:
    case cudaMemAdviseUnsetReadMostly:
      known.read_mostly = advice == cudaMemAdviseSetReadMostly;
      return;
    case cudaMemAdviseSetPreferredLocation:
      known.preferred = location;
      return;
    case cudaMemAdviseUnsetPreferredLocation:
      known.preferred = kNowhere;
      return;
    case cudaMemAdviseSetAccessedBy:
      known.accessed_by |= accessor_bit(location);
      return;
    case cudaMemAdviseUnsetAccessedBy:
      known.accessed_by &= ~accessor_bit(location);
      return;
  }
}

// Only some advice is about a place.
cudaError_t check_advice(cudaMemoryAdvise advice, const cudaMemLocation& location) {
  switch (advice) {
    case cudaMemAdviseSetReadMostly:
    case cudaMemAdviseUnsetReadMostly:
    case cudaMemAdviseUnsetPreferredLocation:
      return cudaSuccess;
    case cudaMemAdviseSetPreferredLocation:
      return check_location(location);
    case cudaMemAdviseSetAccessedBy:
    case cudaMemAdviseUnsetAccessedBy:
      return location.type > cudaMemLocationTypeHost ? cudaErrorInvalidValue : check_location(location);
  }
  return cudaErrorInvalidValue;
}

}  // namespace

cudaMemLocation location_of_ordinal(int ordinal) {
  return ordinal == cudaCpuDeviceId ? cudaMemLocation{cudaMemLocationTypeHost, 0}
                                    : cudaMemLocation{cudaMemLocationTypeDevice, ordinal};
}

int ordinal_of_location(const cudaMemLocation& location) {
  if (location.type == cudaMemLocationTypeInvalid) return cudaInvalidDeviceId;
  return location.type == cudaMemLocationTypeDevice ? location.id : cudaCpuDeviceId;
}

cudaError_t advise(const void* memory, size_t bytes, cudaMemoryAdvise advice, const cudaMemLocation& location) {
  const cudaError_t wrong = check_advice(advice, location);
  const Place place = wrong == cudaSuccess ? place_of(memory, bytes) : Place::kWrong;
  if (wrong != cudaSuccess || place == Place::kWrong) return wrong != cudaSuccess ? wrong : cudaErrorInvalidValue;
  if (place == Place::kPageable) return cudaSuccess;
  const auto begin = reinterpret_cast<uintptr_t>(memory);
  runtime().advice().update(begin, begin + bytes, [&](Advice& known) { apply(known, advice, location); });
  // Advice that ignores its location may name any.
  const bool named = location.type == cudaMemLocationTypeDevice && location.id >= 0 && location.id < runtime().device_count();
  const int device = named ? location.id : 0;
  return runtime().device(device).advise(memory, bytes, advice, ordinal_of_location(location));
}

cudaError_t note_prefetch(const void* memory, size_t bytes, const cudaMemLocation& location) {
  const cudaError_t wrong = check_location(location);
  const Place place = wrong == cudaSuccess ? place_of(memory, bytes) : Place::kWrong;
  if (wrong != cudaSuccess || place == Place::kWrong) return wrong != cudaSuccess ? wrong : cudaErrorInvalidValue;
  const auto begin = reinterpret_cast<uintptr_t>(memory);
  if (place == Place::kManaged) {
    runtime().advice().update(begin, begin + bytes, [&](Advice& known) { known.last_prefetch = location; });
  }
  return cudaSuccess;
}

}  // namespace cw
