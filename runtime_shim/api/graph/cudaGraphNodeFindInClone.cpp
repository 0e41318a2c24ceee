#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphNodeFindInClone(cudaGraphNode_t* out, cudaGraphNode_t original, cudaGraph_t clone) {
  return cw::on_graph(clone, [&](cw::Graph& graph) {
    const cw::GraphNode* node = cw::find_node(original);
    if (out == nullptr || node == nullptr) return cudaErrorInvalidValue;
    cw::GraphNode* copy = graph.copy_of(node->id);
    if (copy == nullptr) return cudaErrorInvalidValue;
    *out = copy->handle();
    return cudaSuccess;
  });
}
