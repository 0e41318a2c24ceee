#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceSetMemPool(int ordinal, cudaMemPool_t handle) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) {
      if (pool.device != ordinal || pool.imported) return cudaErrorInvalidValue;
      cw::runtime().set_current_pool(ordinal, &pool);
      return cudaSuccess;
    });
  });
}
