// Advice about managed memory, and moving it.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

cudaMemLocation runtime_form(CUmemLocation from) { return cudaMemLocation{static_cast<cudaMemLocationType>(from.type), from.id}; }

}  // namespace

CUresult cuMemAdvise(CUdeviceptr memory, size_t bytes, CUmem_advise advice, CUdevice device) {
  return in_context([&] { return cudaMemAdvise(pointer(memory), bytes, static_cast<cudaMemoryAdvise>(advice), device); });
}

CUresult cuMemAdvise_v2(CUdeviceptr memory, size_t bytes, CUmem_advise advice, CUmemLocation location) {
  return in_context(
      [&] { return cudaMemAdvise_v2(pointer(memory), bytes, static_cast<cudaMemoryAdvise>(advice), runtime_form(location)); });
}

CUresult cuMemPrefetchAsync(CUdeviceptr memory, size_t bytes, CUdevice device, CUstream stream) {
  return in_context([&] { return cudaMemPrefetchAsync(pointer(memory), bytes, device, stream); });
}

CUresult cuMemPrefetchAsync_v2(CUdeviceptr memory, size_t bytes, CUmemLocation location, unsigned flags, CUstream stream) {
  return in_context([&] { return cudaMemPrefetchAsync_v2(pointer(memory), bytes, runtime_form(location), flags, stream); });
}

CUresult cuMemRangeGetAttribute(void* data, size_t bytes, CUmem_range_attribute attribute, CUdeviceptr memory, size_t count) {
  return in_context(
      [&] { return cudaMemRangeGetAttribute(data, bytes, static_cast<cudaMemRangeAttribute>(attribute), pointer(memory), count); });
}

CUresult cuMemRangeGetAttributes(void** data, size_t* sizes, CUmem_range_attribute* attributes, size_t number, CUdeviceptr memory,
                                 size_t count) {
  return in_context([&] {
    auto* wanted = same_layout<cudaMemRangeAttribute>(attributes);
    return cudaMemRangeGetAttributes(data, sizes, wanted, number, pointer(memory), count);
  });
}
