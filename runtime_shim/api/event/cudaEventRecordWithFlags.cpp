#include "api/entry.hpp"
#include "core/capture.hpp"

// cudaEventRecordExternal in a capturing stream: an event record node.
CW_ENTRY cudaError_t cudaEventRecordWithFlags(cudaEvent_t handle, cudaStream_t stream_handle, unsigned flags) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    cw::Event* event = cw::runtime().events().find(handle);
    if (event == nullptr) return cudaErrorInvalidResourceHandle;
    if (flags != cudaEventRecordDefault && flags != cudaEventRecordExternal) return cudaErrorInvalidValue;
    if (cw::runtime().events().device_of(handle) != cw::runtime().ordinal_of(stream.device()))
      return cudaErrorInvalidResourceHandle;
    if (stream.capturing() && flags == cudaEventRecordExternal) {
      return static_cast<cw::CapturingStream&>(stream).add_event(cudaGraphNodeTypeEventRecord, handle);
    }
    if (!stream.capturing()) cw::captures().forget(*event);
    return stream.record(*event);
  });
}
