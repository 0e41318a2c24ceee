#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolSetAttribute(cudaMemPool_t handle, cudaMemPoolAttr attribute, void* value) {
  return cw::on_runtime([&] {
    cw::MemoryPool* pool = cw::find_pool(handle);
    return pool == nullptr || value == nullptr ? cudaErrorInvalidValue : pool->set(attribute, value);
  });
}
