#include "core/host_pages.hpp"

#include <unistd.h>

namespace cw {
namespace {

void* pointer(uintptr_t address) { return reinterpret_cast<void*>(address); }

}  // namespace

cudaError_t HostPages::share(Device& device, int ordinal, void* memory, size_t bytes, void** visible) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<uintptr_t>(memory);
  cudaError_t error = cover(device, ordinal, address / page * page, (address + bytes + page - 1) / page * page);
  if (error == cudaSuccess) error = device.device_pointer(memory, visible);
  if (error != cudaSuccess) return error;
  // Separately registered runs must be one range for the device as they are for the host.
  char* const last = static_cast<char*>(memory) + bytes - 1;
  void* visible_last = nullptr;
  error = device.device_pointer(last, &visible_last);
  if (error != cudaSuccess) return error;
  return visible_last == static_cast<char*>(*visible) + bytes - 1 ? cudaSuccess : cudaErrorNotSupported;
}

cudaError_t HostPages::cover(Device& device, int ordinal, uintptr_t begin, uintptr_t end) {
  constexpr unsigned flags = cudaHostRegisterPortable | cudaHostRegisterMapped;
  while (begin < end) {
    const auto* known = runs_.at_or_below(begin);
    if (known != nullptr && known->value.end > begin) {
      begin = known->value.end;
      continue;
    }
    const auto* next = runs_.above(begin);
    const uintptr_t stop = next != nullptr && next->key < end ? next->key : end;
    const cudaError_t error = device.register_host(pointer(begin), stop - begin, flags);
    if (error != cudaSuccess) return error;
    runs_.set(begin, Run{stop, ordinal});
    begin = stop;
  }
  return cudaSuccess;
}

void HostPages::forget(Device& device, int ordinal) {
  FlatMap<uintptr_t, Run> kept;
  for (const auto& run : runs_) {
    if (run.value.ordinal == ordinal) {
      device.unregister_host(pointer(run.key));
    } else {
      kept.set(run.key, run.value);
    }
  }
  runs_ = static_cast<FlatMap<uintptr_t, Run>&&>(kept);
}

}  // namespace cw
