#include "api/entry.hpp"

// Allocations made from it stay until they are freed. A device that used it goes back to its default pool.
CW_ENTRY cudaError_t cudaMemPoolDestroy(cudaMemPool_t handle) {
  return cw::on_runtime([&] {
    const cw::Owned<cw::MemoryPool> pool = cw::runtime().pools().take(handle);
    if (!pool) return cudaErrorInvalidValue;
    cw::Runtime& runtime = cw::runtime();
    if (runtime.current_pool(pool->device) == pool.get())
      runtime.set_current_pool(pool->device, runtime.default_pool(pool->device));
    return cudaSuccess;
  });
}
