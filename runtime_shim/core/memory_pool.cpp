#include "core/memory_pool.hpp"

#include "core/runtime.hpp"

namespace cw {

MemoryPool* find_pool(cudaMemPool_t handle) {
  for (int i = 0; i < runtime().device_count(); ++i) {
    MemoryPool* pool = runtime().default_pool(i);
    if (reinterpret_cast<cudaMemPool_t>(pool) == handle) return pool;
  }
  return runtime().pools().find(handle);
}

cudaError_t device_at(const cudaMemLocation& location, int* ordinal) {
  if (location.type != cudaMemLocationTypeDevice) return cudaErrorInvalidValue;
  if (location.id < 0 || location.id >= runtime().device_count()) return cudaErrorInvalidDevice;
  *ordinal = location.id;
  return cudaSuccess;
}

cudaError_t check_pool_properties(const cudaMemPoolProps& properties) {
  int ordinal = 0;
  if (properties.allocType != cudaMemAllocationTypePinned) return cudaErrorInvalidValue;
  return device_at(properties.location, &ordinal);
}

}  // namespace cw
