#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphAddDependencies(cudaGraph_t handle, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                              size_t count) {
  const cw::Graph* graph = cw::runtime().graphs().find(handle);
  if (graph == nullptr) return cw::record_error(cudaErrorInvalidValue);
  for (size_t i = 0; i < count; ++i) {
    auto* before = reinterpret_cast<cw::GraphNode*>(from[i]);
    auto* after = reinterpret_cast<cw::GraphNode*>(to[i]);
    if (!graph->owns(before) || !graph->owns(after)) return cw::record_error(cudaErrorInvalidValue);
    if (!after->dependencies.contains(before)) after->dependencies.push(before);
  }
  return cudaSuccess;
}
