#include "api/entry.hpp"
#include "core/capture.hpp"

// An event recorded in a capturing stream takes the waiting stream into the capture. cudaEventWaitExternal: an event wait node.
CW_ENTRY cudaError_t cudaStreamWaitEvent(cudaStream_t handle, cudaEvent_t event_handle, unsigned flags) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    cw::Event* event = cw::runtime().events().find(event_handle);
    if (event == nullptr) return cudaErrorInvalidResourceHandle;
    if (flags != cudaEventWaitDefault && flags != cudaEventWaitExternal) return cudaErrorInvalidValue;
    if (stream.capturing() && flags == cudaEventWaitExternal) {
      return static_cast<cw::CapturingStream&>(stream).add_event(cudaGraphNodeTypeWaitEvent, event_handle);
    }
    if (!stream.capturing() && stream.refusal() == cudaSuccess && cw::captures().join(stream, *event)) return cudaSuccess;
    return stream.wait(*event);
  });
}
