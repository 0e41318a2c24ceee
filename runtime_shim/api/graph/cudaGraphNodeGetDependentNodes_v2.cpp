#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphNodeGetDependentNodes_v2(cudaGraphNode_t handle, cudaGraphNode_t* nodes, cudaGraphEdgeData* data,
                                                       size_t* count) {
  return cw::on_node(handle, [&](cw::GraphNode& node) {
    return count == nullptr ? cudaErrorInvalidValue : cw::write_edges(node.dependents, nodes, data, count);
  });
}
