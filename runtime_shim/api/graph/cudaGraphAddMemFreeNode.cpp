#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemFreeNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                             size_t count, void* memory) {
  return cw::add_node_with(out, graph, dependencies, nullptr, count,
                           [&](cw::Device&, cw::Graph& into, const cw::Vector<cw::GraphEdge>& after, cw::GraphNode** node) {
                             return cw::add_free(into, after, memory, node);
                           });
}
