#include "api/graph/graph_entry.hpp"

// The node's own graph, which goes with it.
CW_ENTRY cudaError_t cudaGraphChildGraphNodeGetGraph(cudaGraphNode_t node, cudaGraph_t* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::ChildWork>(node, cudaGraphNodeTypeGraph, [&](cw::ChildWork& work) {
    *out = work.graph(0)->handle();
    return cudaSuccess;
  });
}
