#include "api/entry.hpp"

// Moving managed memory ahead of its use is a hint; the stream's order is kept by whatever uses it next.
CW_ENTRY cudaError_t cudaMemPrefetchAsync(const void* memory, size_t bytes, int ordinal, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    if (ordinal != cudaCpuDeviceId && !cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    return cw::runtime().memory().covers(memory, bytes) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
