// Memory pools. A pool here holds no memory of its own: what is freed goes back to the device. It has CUDA's settings, so that
// programs which tune them run; what a pool would have in store is not answered.
#pragma once

#include <driver_types.h>

#include <cstdint>

#include "core/allocated.hpp"

namespace cw {

struct MemoryPool : Allocated {
  int device = 0;
  uint64_t release_threshold = 0;
  int reuse[3] = {1, 1, 1};  // cudaMemPoolReuse...: allowed

  // cudaErrorNotSupported for the attributes that count memory.
  cudaError_t set(cudaMemPoolAttr attribute, const void* value);
  cudaError_t get(cudaMemPoolAttr attribute, void* value) const;
};

// The pool behind a handle, a device's default pool included; null for a stale handle.
MemoryPool* find_pool(cudaMemPool_t handle);

}  // namespace cw
