#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolExportToShareableHandle(void* out, cudaMemPool_t handle, cudaMemAllocationHandleType type,
                                                        unsigned flags) {
  return cw::on_runtime([&] {
    if (out == nullptr || flags != 0) return cudaErrorInvalidValue;
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) {
      return type == pool.handle_types && !pool.imported ? pool.pool->export_handle(type, out) : cudaErrorInvalidValue;
    });
  });
}
