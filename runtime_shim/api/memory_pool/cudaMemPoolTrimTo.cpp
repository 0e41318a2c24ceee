#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolTrimTo(cudaMemPool_t handle, size_t bytes_to_keep) {
  return cw::on_runtime(
      [&] { return cw::with_pool(handle, [&](cw::MemoryPool& pool) { return pool.pool->trim(bytes_to_keep); }); });
}
