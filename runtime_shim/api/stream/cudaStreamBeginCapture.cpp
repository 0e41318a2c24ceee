#include "api/entry.hpp"
#include "core/capture.hpp"

// The mode says which unrelated calls of other threads are refused meanwhile; none is.
CW_ENTRY cudaError_t cudaStreamBeginCapture(cudaStream_t handle, cudaStreamCaptureMode) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    const bool legacy = &stream == &stream.device().legacy_stream();
    return legacy ? cudaErrorStreamCaptureUnsupported : cw::captures().begin(handle, stream);
  });
}
