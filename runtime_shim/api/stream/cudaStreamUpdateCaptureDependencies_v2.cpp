#include "api/entry.hpp"
#include "core/capture.hpp"
#include "core/graph_build.hpp"

CW_ENTRY cudaError_t cudaStreamUpdateCaptureDependencies_v2(cudaStream_t handle, cudaGraphNode_t* nodes,
                                                            const cudaGraphEdgeData* data, size_t count, unsigned flags) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (!stream.capturing()) return cudaErrorIllegalState;
    if (flags > cudaStreamSetCaptureDependencies) return cudaErrorInvalidValue;
    auto& capturing = static_cast<cw::CapturingStream&>(stream);
    if (capturing.capture().invalid) return cudaErrorStreamCaptureInvalidated;
    cw::GraphLock lock;
    cw::Vector<cw::GraphEdge> edges;
    const cudaError_t error = cw::read_edges(*capturing.capture().graph, nodes, data, count, &edges);
    if (error != cudaSuccess) return error;
    if (flags == cudaStreamSetCaptureDependencies) capturing.set_dependencies(edges);
    if (flags == cudaStreamAddCaptureDependencies) capturing.continue_after(edges);
    return cudaSuccess;
  });
}
