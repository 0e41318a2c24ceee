#include "api/entry.hpp"
#include "core/capture.hpp"

// After a capture into a given graph, `out` may be null.
CW_ENTRY cudaError_t cudaStreamEndCapture(cudaStream_t handle, cudaGraph_t* out) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (out != nullptr) *out = nullptr;
    if (!stream.capturing()) return cudaErrorIllegalState;
    cw::GraphLock lock;
    cw::Owned<cw::Graph> made;
    cw::Graph* graph = nullptr;
    const cudaError_t error = cw::captures().end(static_cast<cw::CapturingStream&>(stream), &made, &graph);
    if (error != cudaSuccess) return error;
    if (made && out == nullptr) return cudaErrorInvalidValue;  // nobody could use it
    if (made) cw::runtime().graphs().add(static_cast<cw::Owned<cw::Graph>&&>(made), cw::current_device());
    if (out != nullptr) *out = graph->handle();
    return cudaSuccess;
  });
}
