#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolImportFromShareableHandle(cudaMemPool_t* out, void* handle, cudaMemAllocationHandleType type,
                                                          unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (out == nullptr || flags != 0) return cudaErrorInvalidValue;
    cw::Owned<cw::MemoryPool> pool(new cw::MemoryPool);
    pool->device = ordinal;
    pool->imported = true;
    const cudaError_t error = device.import_pool(handle, type, &pool->pool);
    if (error != cudaSuccess) return error;
    *out = reinterpret_cast<cudaMemPool_t>(cw::runtime().pools().add(static_cast<cw::Owned<cw::MemoryPool>&&>(pool), ordinal));
    return cudaSuccess;
  });
}
