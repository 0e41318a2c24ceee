#include "api/graph/graph_entry.hpp"

// There is nothing to upload: work is given to the device at launches.
CW_ENTRY cudaError_t cudaGraphUpload(cudaGraphExec_t handle, cudaStream_t stream_handle) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    if (!cw::GraphExec::find(handle)) return cudaErrorInvalidValue;
    return stream.capturing() ? cudaErrorStreamCaptureUnsupported : cudaSuccess;
  });
}
