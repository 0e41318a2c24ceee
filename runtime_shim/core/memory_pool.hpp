// The objects behind pool handles: a device's pool, and what the runtime must know about it.
#pragma once

#include "devices/device.hpp"

namespace cw {

struct MemoryPool : Allocated {
  int device = 0;
  bool imported = false;
  cudaMemAllocationHandleType handle_types = cudaMemHandleTypeNone;
  Ref<Pool> pool;
};

// The pool behind a handle, a device's default pool included; null for a stale handle.
MemoryPool* find_pool(cudaMemPool_t handle);

// `body(MemoryPool&)`; cudaErrorInvalidValue for a stale handle. The runtime has started.
template <typename Body>
cudaError_t with_pool(cudaMemPool_t handle, Body body) {
  MemoryPool* pool = find_pool(handle);
  return pool != nullptr ? body(*pool) : cudaErrorInvalidValue;
}

// cudaErrorInvalidValue, cudaErrorInvalidDevice for properties that no pool here can have.
cudaError_t check_pool_properties(const cudaMemPoolProps& properties);
// The ordinal of a location that is a device; cudaErrorInvalidValue, cudaErrorInvalidDevice.
cudaError_t device_at(const cudaMemLocation& location, int* ordinal);

}  // namespace cw
