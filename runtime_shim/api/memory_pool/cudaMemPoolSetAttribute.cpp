#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolSetAttribute(cudaMemPool_t handle, cudaMemPoolAttr attribute, void* value) {
  return cw::on_runtime([&] {
    if (value == nullptr) return cudaErrorInvalidValue;
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) { return pool.pool->set(attribute, value); });
  });
}
