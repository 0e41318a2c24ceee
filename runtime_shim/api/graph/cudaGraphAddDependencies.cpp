#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddDependencies(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                              size_t count) {
  return cudaGraphAddDependencies_v2(graph, from, to, nullptr, count);
}
