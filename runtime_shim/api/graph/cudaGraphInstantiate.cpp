#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphInstantiate(cudaGraphExec_t* out, cudaGraph_t graph, unsigned long long flags) {
  cudaGraphInstantiateParams parameters = {};
  parameters.flags = flags;
  return cudaGraphInstantiateWithParams(out, graph, &parameters);
}
