#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceSetMemPool(int ordinal, cudaMemPool_t handle) {
  return cw::on_runtime([&] {
    cw::MemoryPool* pool = cw::find_pool(handle);
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    if (pool == nullptr || pool->device != ordinal) return cudaErrorInvalidValue;
    cw::runtime().set_current_pool(ordinal, pool);
    return cudaSuccess;
  });
}
