#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphDestroyNode(cudaGraphNode_t handle) {
  return cw::on_node(handle, [](cw::GraphNode& node) {
    node.graph.remove(node);
    return cudaSuccess;
  });
}
