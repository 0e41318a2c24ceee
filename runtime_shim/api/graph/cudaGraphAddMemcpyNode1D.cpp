#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemcpyNode1D(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                              size_t count, void* dst, const void* src, size_t bytes, cudaMemcpyKind kind) {
  return cw::on_device([&](cw::Device&, int) {
    cw::GraphNode* node = nullptr;
    const cudaError_t error = cw::add_node(graph, cudaGraphNodeTypeMemcpy, dependencies, count, &node);
    *out = reinterpret_cast<cudaGraphNode_t>(node);
    if (error == cudaSuccess) node->copy = cw::Copy::plain(dst, src, bytes, kind);
    return error;
  });
}
