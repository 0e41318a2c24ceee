#include "api/entry.hpp"

// Moving managed memory ahead of its use is a hint.
CW_ENTRY cudaError_t cudaMemPrefetchAsync_v2(const void* memory, size_t bytes, cudaMemLocation location, unsigned flags,
                                             cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    if (flags != 0) return cudaErrorInvalidValue;
    if (location.type == cudaMemLocationTypeDevice && !cw::is_device(location.id)) return cudaErrorInvalidDevice;
    return cw::runtime().memory().covers(memory, bytes) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
