#include "core/memory_pool.hpp"

#include "core/runtime.hpp"

namespace cw {
namespace {

bool is_reuse(cudaMemPoolAttr attribute) {
  return attribute >= cudaMemPoolReuseFollowEventDependencies && attribute <= cudaMemPoolReuseAllowInternalDependencies;
}

cudaError_t unknown(cudaMemPoolAttr attribute) {
  const bool counts = attribute >= cudaMemPoolAttrReservedMemCurrent && attribute <= cudaMemPoolAttrUsedMemHigh;
  return counts ? cudaErrorNotSupported : cudaErrorInvalidValue;
}

}  // namespace

cudaError_t MemoryPool::set(cudaMemPoolAttr attribute, const void* value) {
  if (attribute == cudaMemPoolAttrReleaseThreshold) {
    release_threshold = *static_cast<const uint64_t*>(value);
    return cudaSuccess;
  }
  if (!is_reuse(attribute)) return unknown(attribute);
  reuse[attribute - cudaMemPoolReuseFollowEventDependencies] = *static_cast<const int*>(value);
  return cudaSuccess;
}

cudaError_t MemoryPool::get(cudaMemPoolAttr attribute, void* value) const {
  if (attribute == cudaMemPoolAttrReleaseThreshold) {
    *static_cast<uint64_t*>(value) = release_threshold;
    return cudaSuccess;
  }
  if (!is_reuse(attribute)) return unknown(attribute);
  *static_cast<int*>(value) = reuse[attribute - cudaMemPoolReuseFollowEventDependencies];
  return cudaSuccess;
}

MemoryPool* find_pool(cudaMemPool_t handle) {
  for (int i = 0; i < runtime().device_count(); ++i) {
    MemoryPool* pool = runtime().default_pool(i);
    if (reinterpret_cast<cudaMemPool_t>(pool) == handle) return pool;
  }
  return runtime().pools().find(handle);
}

}  // namespace cw
