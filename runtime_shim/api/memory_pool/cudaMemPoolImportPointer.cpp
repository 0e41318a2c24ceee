#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolImportPointer(void** out, cudaMemPool_t handle, cudaMemPoolPtrExportData* data) {
  return cw::on_runtime([&] {
    if (out == nullptr || data == nullptr) return cudaErrorInvalidValue;
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) {
      size_t bytes = 0;
      const cudaError_t error = pool.pool->import_pointer(*data, out, &bytes);
      if (error == cudaSuccess) {
        cw::runtime().memory().add(*out, bytes, cw::MemoryKind::kDevice, pool.device, 0, pool.pool);
      }
      return error;
    });
  });
}
