#include "api/graph/graph_entry.hpp"

// With `nodes` null: how many there are. Places beyond the last node are set to null.
CW_ENTRY cudaError_t cudaGraphGetRootNodes(cudaGraph_t handle, cudaGraphNode_t* nodes, size_t* count) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    if (count == nullptr) return cudaErrorInvalidValue;
    cw::Vector<cudaGraphNode_t> found;
    for (const cw::Owned<cw::GraphNode>& node : graph.nodes()) {
      if (node->dependencies.empty()) found.push(node->handle());
    }
    const size_t room = *count;
    for (size_t i = 0; nodes != nullptr && i < room; ++i) nodes[i] = i < found.size() ? found[i] : nullptr;
    if (nodes == nullptr || room > found.size()) *count = found.size();
    return cudaSuccess;
  });
}
