#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies, size_t count,
                                      cudaGraphNodeParams* parameters) {
  return cudaGraphAddNode_v2(out, graph, dependencies, nullptr, count, parameters);
}
