#include "api/entry.hpp"
#include "core/capture.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaStreamEndCapture(cudaStream_t handle, cudaGraph_t* out) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    if (out == nullptr) return cudaErrorInvalidValue;
    *out = nullptr;
    cw::Owned<cw::Graph> graph;
    const cudaError_t error = cw::captures().end(handle, &graph);
    if (error != cudaSuccess) return error;
    *out =
        reinterpret_cast<cudaGraph_t>(cw::runtime().graphs().add(static_cast<cw::Owned<cw::Graph>&&>(graph), cw::current_device()));
    return cudaSuccess;
  });
}
