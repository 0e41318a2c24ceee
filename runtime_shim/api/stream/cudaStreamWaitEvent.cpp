#include "api/entry.hpp"
#include "core/capture.hpp"

// An event recorded in a capturing stream takes the waiting stream into the capture.
CW_ENTRY cudaError_t cudaStreamWaitEvent(cudaStream_t handle, cudaEvent_t event_handle, unsigned) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    cw::Event* event = cw::runtime().events().find(event_handle);
    if (event == nullptr) return cudaErrorInvalidResourceHandle;
    const bool capturing = cw::captures().find(handle) != nullptr;
    if (!capturing && cw::captures().join(handle, stream, *event)) return cudaSuccess;
    return stream.wait(*event);
  });
}
