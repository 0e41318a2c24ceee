#include "api/entry.hpp"
#include "core/allocation.hpp"

CW_ENTRY cudaError_t cudaMallocFromPoolAsync(void** out, size_t bytes, cudaMemPool_t handle, cudaStream_t stream_handle) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    const cw::MemoryPool* pool = cw::find_pool(handle);
    if (pool == nullptr || pool->device != cw::runtime().ordinal_of(stream.device())) return cudaErrorInvalidValue;
    return cw::allocate_in_stream(stream, bytes, out);
  });
}
