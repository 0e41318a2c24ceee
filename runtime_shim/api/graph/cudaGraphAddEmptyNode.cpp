#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphAddEmptyNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                           size_t count) {
  return cw::on_device([&](cw::Device&, int) {
    return cw::add_node(graph, cudaGraphNodeTypeEmpty, dependencies, count, reinterpret_cast<cw::GraphNode**>(out));
  });
}
