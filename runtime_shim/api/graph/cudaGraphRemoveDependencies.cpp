#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphRemoveDependencies(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                                 size_t count) {
  return cudaGraphRemoveDependencies_v2(graph, from, to, nullptr, count);
}
