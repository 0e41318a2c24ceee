#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolGetAttribute(cudaMemPool_t handle, cudaMemPoolAttr attribute, void* value) {
  return cw::on_runtime([&] {
    const cw::MemoryPool* pool = cw::find_pool(handle);
    return pool == nullptr || value == nullptr ? cudaErrorInvalidValue : pool->get(attribute, value);
  });
}
