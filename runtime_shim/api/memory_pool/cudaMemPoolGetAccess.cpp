#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolGetAccess(cudaMemAccessFlags* flags, cudaMemPool_t handle, cudaMemLocation* location) {
  return cw::on_runtime([&] {
    if (flags == nullptr || location == nullptr) return cudaErrorInvalidValue;
    int ordinal = 0;
    const cudaError_t located = cw::device_at(*location, &ordinal);
    if (located != cudaSuccess) return located;
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) { return pool.pool->get_access(cw::runtime().device(ordinal), flags); });
  });
}
