#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaThreadExchangeStreamCaptureMode(cudaStreamCaptureMode* mode) {
  if (mode == nullptr || *mode < cudaStreamCaptureModeGlobal || *mode > cudaStreamCaptureModeRelaxed) {
    return cw::record_error(cudaErrorInvalidValue);
  }
  *mode = cw::exchange_capture_mode(*mode);
  return cudaSuccess;
}
