#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphGetEdges_v2(cudaGraph_t handle, cudaGraphNode_t* from, cudaGraphNode_t* to, cudaGraphEdgeData* data,
                                          size_t* count) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    if (count == nullptr || (from == nullptr) != (to == nullptr)) return cudaErrorInvalidValue;
    cw::Vector<cw::GraphEdge> ends;
    cw::Vector<cudaGraphNode_t> starts;
    for (const cw::Owned<cw::GraphNode>& node : graph.nodes()) {
      for (const cw::GraphEdge& edge : node->dependents) {
        starts.push(node->handle());
        ends.push(edge);
      }
    }
    for (size_t i = 0; from != nullptr && i < *count; ++i) from[i] = i < starts.size() ? starts[i] : nullptr;
    return cw::write_edges(ends, to, data, count);
  });
}
