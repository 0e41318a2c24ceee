#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaStreamBeginCapture(cudaStream_t handle, cudaStreamCaptureMode mode) {
  return cw::on_stream(handle,
                       [&](cw::Stream& stream) { return cw::begin_capture(stream, mode, nullptr, cw::Vector<cw::GraphEdge>()); });
}
