#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphNodeGetType(cudaGraphNode_t node, cudaGraphNodeType* type) {
  if (node == nullptr || type == nullptr) return cw::record_error(cudaErrorInvalidValue);
  *type = reinterpret_cast<const cw::GraphNode*>(node)->type;
  return cudaSuccess;
}
