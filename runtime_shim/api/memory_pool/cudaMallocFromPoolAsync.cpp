#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMallocFromPoolAsync(void** out, size_t bytes, cudaMemPool_t handle, cudaStream_t stream_handle) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    return cw::with_pool(handle, [&](cw::MemoryPool& pool) { return cw::allocate_in_stream(stream, pool, bytes, out); });
  });
}
