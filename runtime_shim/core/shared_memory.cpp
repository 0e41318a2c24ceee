#include "core/shared_memory.hpp"

#include <string.h>

#include "core/runtime.hpp"

namespace cw {

cudaError_t SharedMemory::open(Device& device, int ordinal, const cudaIpcMemHandle_t& handle, unsigned flags, void** out) {
  Lock lock(mutex_);
  for (Opened& one : opened_) {
    if (one.ordinal != ordinal || memcmp(&one.handle, &handle, sizeof handle) != 0) continue;
    ++one.count;
    *out = one.memory;
    return cudaSuccess;
  }
  Opened fresh = {handle, nullptr, 0, ordinal, 1};
  const cudaError_t error = device.open_memory(handle, flags, &fresh.memory, &fresh.bytes);
  if (error != cudaSuccess) return error;
  runtime().memory().add(fresh.memory, fresh.bytes, MemoryKind::kImported, ordinal);
  *out = fresh.memory;
  opened_.push(fresh);
  return cudaSuccess;
}

cudaError_t SharedMemory::close(void* memory) {
  Lock lock(mutex_);
  for (size_t i = 0; i < opened_.size(); ++i) {
    if (opened_[i].memory != memory) continue;
    return --opened_[i].count > 0 ? cudaSuccess : unmap(i);
  }
  return cudaErrorInvalidValue;
}

cudaError_t SharedMemory::unmap(size_t index) {
  const Opened one = opened_[index];
  opened_.erase(index);
  MemoryRange range;
  runtime().memory().remove(one.memory, MemoryKind::kImported, MemoryKind::kImported, &range);
  return runtime().device(one.ordinal).close_memory(one.memory, one.bytes);
}

void SharedMemory::forget(int ordinal) {
  Lock lock(mutex_);
  for (size_t i = opened_.size(); i-- > 0;) {
    if (opened_[i].ordinal == ordinal) unmap(i);
  }
}

}  // namespace cw
