#include "api/entry.hpp"
#include "core/capture.hpp"

CW_ENTRY cudaError_t cudaStreamGetCaptureInfo_v3(cudaStream_t handle, cudaStreamCaptureStatus* status, unsigned long long* id,
                                                 cudaGraph_t* graph, const cudaGraphNode_t** dependencies,
                                                 const cudaGraphEdgeData** data, size_t* count) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (status == nullptr) return cudaErrorInvalidValue;
    *status = cudaStreamCaptureStatusNone;
    if (!stream.capturing()) return stream.refusal();
    auto& capturing = static_cast<cw::CapturingStream&>(stream);
    *status = capturing.capture().status();
    if (id != nullptr) *id = capturing.capture().id;
    if (*status != cudaStreamCaptureStatusActive) return cudaSuccess;
    if (graph != nullptr) *graph = capturing.capture().graph->handle();
    if (dependencies != nullptr) *dependencies = capturing.dependency_handles();
    if (data != nullptr) *data = capturing.dependency_data();
    if (count != nullptr) *count = capturing.last().size();
    return cudaSuccess;
  });
}
