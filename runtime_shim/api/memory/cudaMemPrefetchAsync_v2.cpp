#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPrefetchAsync_v2(const void* memory, size_t bytes, cudaMemLocation location, unsigned flags,
                                             cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    const cudaError_t error = flags != 0 ? cudaErrorInvalidValue : cw::note_prefetch(memory, bytes, location);
    return error != cudaSuccess ? error : stream.prefetch(memory, bytes, cw::ordinal_of_location(location));
  });
}
