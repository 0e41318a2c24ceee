// Recording what is given to a stream as a graph.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuStreamBeginCapture(CUstream stream, CUstreamCaptureMode mode) {
  return in_context([&] { return cudaStreamBeginCapture(stream, static_cast<cudaStreamCaptureMode>(mode)); });
}

CUresult cuStreamEndCapture(CUstream stream, CUgraph* out) {
  return in_context([&] { return cudaStreamEndCapture(stream, out); });
}

CUresult cuStreamIsCapturing(CUstream stream, CUstreamCaptureStatus* status) {
  return in_context([&] { return cudaStreamIsCapturing(stream, same_layout<cudaStreamCaptureStatus>(status)); });
}

CUresult cuStreamGetCaptureInfo(CUstream stream, CUstreamCaptureStatus* status, cuuint64_t* id, CUgraph* graph,
                                const CUgraphNode** dependencies, size_t* count) {
  return in_context([&] {
    auto* form = same_layout<cudaStreamCaptureStatus>(status);
    return cudaStreamGetCaptureInfo(stream, form, reinterpret_cast<unsigned long long*>(id), graph, dependencies, count);
  });
}

CUresult cuStreamUpdateCaptureDependencies(CUstream stream, CUgraphNode* dependencies, size_t count, unsigned flags) {
  return in_context([&] { return cudaStreamUpdateCaptureDependencies(stream, dependencies, count, flags); });
}

CUresult cuThreadExchangeStreamCaptureMode(CUstreamCaptureMode* mode) {
  return when_initialized([&] { return cudaThreadExchangeStreamCaptureMode(same_layout<cudaStreamCaptureMode>(mode)); });
}

CUresult cuStreamGetCaptureInfo_v3(CUstream stream, CUstreamCaptureStatus* status, cuuint64_t* id, CUgraph* graph,
                                   const CUgraphNode** dependencies, const CUgraphEdgeData** edges, size_t* count) {
  return in_context([&] {
    auto* form = same_layout<cudaStreamCaptureStatus>(status);
    auto* edge_form = reinterpret_cast<const cudaGraphEdgeData**>(edges);
    auto* id_form = reinterpret_cast<unsigned long long*>(id);
    return cudaStreamGetCaptureInfo_v3(stream, form, id_form, graph, dependencies, edge_form, count);
  });
}

CUresult cuStreamUpdateCaptureDependencies_v2(CUstream stream, CUgraphNode* dependencies, const CUgraphEdgeData* edges,
                                              size_t count, unsigned flags) {
  return in_context([&] {
    const auto* form = same_layout<const cudaGraphEdgeData>(edges);
    return cudaStreamUpdateCaptureDependencies_v2(stream, dependencies, form, count, flags);
  });
}

CUresult cuStreamBeginCaptureToGraph(CUstream stream, CUgraph graph, const CUgraphNode* dependencies, const CUgraphEdgeData* edges,
                                     size_t count, CUstreamCaptureMode mode) {
  return in_context([&] {
    const auto* form = same_layout<const cudaGraphEdgeData>(edges);
    return cudaStreamBeginCaptureToGraph(stream, graph, dependencies, form, count, static_cast<cudaStreamCaptureMode>(mode));
  });
}
