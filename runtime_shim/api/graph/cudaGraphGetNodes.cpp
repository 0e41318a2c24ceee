#include "api/entry.hpp"
#include "core/graph_calls.hpp"

// With `nodes` null: how many there are. Places beyond the last node are set to null.
CW_ENTRY cudaError_t cudaGraphGetNodes(cudaGraph_t handle, cudaGraphNode_t* nodes, size_t* count) {
  const cw::Graph* graph = cw::runtime().graphs().find(handle);
  if (graph == nullptr || count == nullptr) return cw::record_error(cudaErrorInvalidValue);
  const auto& known = graph->nodes();
  for (size_t i = 0; nodes != nullptr && i < *count; ++i) {
    nodes[i] = i < known.size() ? reinterpret_cast<cudaGraphNode_t>(known[i].get()) : nullptr;
  }
  if (nodes == nullptr || *count > known.size()) *count = known.size();
  return cudaSuccess;
}
