#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddNode_v2(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                         const cudaGraphEdgeData* data, size_t count, cudaGraphNodeParams* parameters) {
  return cw::add_node_with(out, graph, dependencies, data, count,
                           [&](cw::Device& device, cw::Graph& into, const cw::Vector<cw::GraphEdge>& after, cw::GraphNode** node) {
                             return parameters == nullptr ? cudaErrorInvalidValue
                                                          : cw::add_any(device, into, after, parameters, node);
                           });
}
