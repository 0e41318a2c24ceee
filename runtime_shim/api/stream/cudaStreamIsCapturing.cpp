#include "api/entry.hpp"

// Graph capture cannot be begun (cudaStreamBeginCapture says so), hence no stream captures.
CW_ENTRY cudaError_t cudaStreamIsCapturing(cudaStream_t handle, cudaStreamCaptureStatus* status) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    if (status == nullptr) return cudaErrorInvalidValue;
    *status = cudaStreamCaptureStatusNone;
    return cudaSuccess;
  });
}
