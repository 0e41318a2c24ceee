#include "api/entry.hpp"
#include "core/capture.hpp"
#include "core/graph_build.hpp"

CW_ENTRY cudaError_t cudaStreamBeginCaptureToGraph(cudaStream_t handle, cudaGraph_t graph_handle,
                                                   const cudaGraphNode_t* dependencies, const cudaGraphEdgeData* data, size_t count,
                                                   cudaStreamCaptureMode mode) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    cw::GraphLock lock;
    cw::Graph* graph = cw::find_graph(graph_handle);
    cw::Vector<cw::GraphEdge> after;
    if (graph == nullptr) return cudaErrorInvalidValue;
    const cudaError_t error = cw::read_edges(*graph, dependencies, data, count, &after);
    return error != cudaSuccess ? error : cw::begin_capture(stream, mode, graph, after);
  });
}
