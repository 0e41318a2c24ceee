#include "api/graph/graph_entry.hpp"

// cudaErrorNotSupported with memory and conditional nodes.
CW_ENTRY cudaError_t cudaGraphClone(cudaGraph_t* out, cudaGraph_t handle) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    if (out == nullptr) return cudaErrorInvalidValue;
    if (!graph.can_be_cloned()) return cudaErrorNotSupported;
    cw::Owned<cw::Graph> copy(new cw::Graph);
    graph.copy_to(*copy);
    *out = cw::runtime().graphs().add(static_cast<cw::Owned<cw::Graph>&&>(copy), cw::current_device())->handle();
    return cudaSuccess;
  });
}
