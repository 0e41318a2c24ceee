#include "api/graph/graph_entry.hpp"

// Sets `parameters->dptr`.
CW_ENTRY cudaError_t cudaGraphAddMemAllocNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                              size_t count, cudaMemAllocNodeParams* parameters) {
  return cw::add_node_with(out, graph, dependencies, nullptr, count,
                           [&](cw::Device&, cw::Graph& into, const cw::Vector<cw::GraphEdge>& after, cw::GraphNode** node) {
                             return cw::add_alloc(into, after, parameters, node);
                           });
}
