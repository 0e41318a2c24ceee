#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaStreamIsCapturing(cudaStream_t handle, cudaStreamCaptureStatus* status) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    if (status == nullptr) return cudaErrorInvalidValue;
    cw::CapturingStream* capturing = cw::captures().find(handle);
    *status = capturing == nullptr                         ? cudaStreamCaptureStatusNone
              : capturing->capture().broken == cudaSuccess ? cudaStreamCaptureStatusActive
                                                           : cudaStreamCaptureStatusInvalidated;
    return cudaSuccess;
  });
}
