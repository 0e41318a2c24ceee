#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemcpyNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                            size_t count, const cudaMemcpy3DParms* parameters) {
  return cw::on_device([&](cw::Device&, int) {
    cw::GraphNode* node = nullptr;
    const cudaError_t error = cw::add_node(graph, cudaGraphNodeTypeMemcpy, dependencies, count, &node);
    *out = reinterpret_cast<cudaGraphNode_t>(node);
    return error != cudaSuccess ? error : cw::set_copy(*node, parameters);
  });
}
