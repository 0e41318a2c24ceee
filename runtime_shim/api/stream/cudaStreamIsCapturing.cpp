#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaStreamIsCapturing(cudaStream_t handle, cudaStreamCaptureStatus* status) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (status == nullptr) return cudaErrorInvalidValue;
    *status = cudaStreamCaptureStatusNone;
    if (!stream.capturing()) return stream.refusal();
    *status = static_cast<cw::CapturingStream&>(stream).capture().status();
    return cudaSuccess;
  });
}
