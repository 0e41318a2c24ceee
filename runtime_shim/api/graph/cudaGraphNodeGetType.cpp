#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphNodeGetType(cudaGraphNode_t node, cudaGraphNodeType* out) {
  return cw::on_node(node, [&](cw::GraphNode& known) {
    if (out == nullptr) return cudaErrorInvalidValue;
    *out = known.work->type();
    return cudaSuccess;
  });
}
