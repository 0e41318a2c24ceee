#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaStreamGetCaptureInfo_v2(cudaStream_t handle, cudaStreamCaptureStatus* status, unsigned long long* id,
                                                 cudaGraph_t* graph, const cudaGraphNode_t** dependencies, size_t* count) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    if (status == nullptr) return cudaErrorInvalidValue;
    *status = cudaStreamCaptureStatusNone;
    cw::CapturingStream* capturing = cw::captures().find(handle);
    if (capturing == nullptr) return cudaSuccess;
    cw::Capture& capture = capturing->capture();
    *status = capture.broken == cudaSuccess ? cudaStreamCaptureStatusActive : cudaStreamCaptureStatusInvalidated;
    if (id != nullptr) *id = capture.id;
    if (graph != nullptr) *graph = reinterpret_cast<cudaGraph_t>(capture.graph.get());
    if (dependencies != nullptr) *dependencies = reinterpret_cast<const cudaGraphNode_t*>(capturing->last().data());
    if (count != nullptr) *count = capturing->last().size();
    return cudaSuccess;
  });
}
