#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphAddHostNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                          size_t count, const cudaHostNodeParams* parameters) {
  return cw::on_device([&](cw::Device&, int) {
    if (parameters == nullptr || parameters->fn == nullptr) return cudaErrorInvalidValue;
    cw::GraphNode* node = nullptr;
    const cudaError_t error = cw::add_node(graph, cudaGraphNodeTypeHost, dependencies, count, &node);
    *out = reinterpret_cast<cudaGraphNode_t>(node);
    if (error != cudaSuccess) return error;
    node->function = parameters->fn;
    node->data = parameters->userData;
    return cudaSuccess;
  });
}
