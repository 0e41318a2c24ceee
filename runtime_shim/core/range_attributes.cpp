// The answers of cudaMemRangeGetAttribute.
#include "core/advice.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

cudaError_t answer(void* out, size_t out_bytes, int value) {
  if (out_bytes != sizeof value) return cudaErrorInvalidValue;
  *static_cast<int*>(out) = value;
  return cudaSuccess;
}

// The devices that hold for the whole range, then cudaInvalidDeviceId in what is left of the array.
cudaError_t answer_accessors(void* out, size_t out_bytes, uint64_t accessed_by) {
  if (out_bytes == 0 || out_bytes % sizeof(int) != 0) return cudaErrorInvalidValue;
  int* const list = static_cast<int*>(out);
  const size_t room = out_bytes / sizeof(int);
  size_t filled = 0;
  for (int bit = 0; bit < 64 && filled < room; ++bit) {
    if ((accessed_by >> bit & 1) != 0) list[filled++] = bit == 0 ? cudaCpuDeviceId : bit - 1;
  }
  while (filled < room) list[filled++] = cudaInvalidDeviceId;
  return cudaSuccess;
}

}  // namespace

cudaError_t range_attribute(void* out, size_t out_bytes, cudaMemRangeAttribute attribute, const void* memory, size_t bytes) {
  MemoryRange range;
  if (out == nullptr || bytes == 0 || !runtime().memory().find(memory, &range)) return cudaErrorInvalidValue;
  const auto begin = reinterpret_cast<uintptr_t>(memory);
  const bool managed = range.kind == MemoryKind::kManaged || range.kind == MemoryKind::kManagedVariable;
  if (!managed || !range.contains(begin, bytes)) return cudaErrorInvalidValue;
  const Advice known = runtime().advice().common(begin, begin + bytes);
  switch (attribute) {
    case cudaMemRangeAttributeReadMostly:
      return answer(out, out_bytes, known.read_mostly);
    case cudaMemRangeAttributePreferredLocation:
      return answer(out, out_bytes, ordinal_of_location(known.preferred));
    case cudaMemRangeAttributeAccessedBy:
      return answer_accessors(out, out_bytes, known.accessed_by);
    case cudaMemRangeAttributeLastPrefetchLocation:
      return answer(out, out_bytes, ordinal_of_location(known.last_prefetch));
    case cudaMemRangeAttributePreferredLocationType:
      return answer(out, out_bytes, known.preferred.type);
    case cudaMemRangeAttributePreferredLocationId:
      return answer(out, out_bytes, known.preferred.id);
    case cudaMemRangeAttributeLastPrefetchLocationType:
      return answer(out, out_bytes, known.last_prefetch.type);
    case cudaMemRangeAttributeLastPrefetchLocationId:
      return answer(out, out_bytes, known.last_prefetch.id);
  }
  return cudaErrorInvalidValue;
}

}  // namespace cw
