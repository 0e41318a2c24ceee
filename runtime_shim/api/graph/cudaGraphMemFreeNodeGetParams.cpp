#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemFreeNodeGetParams(cudaGraphNode_t node, void* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::FreeWork>(node, cudaGraphNodeTypeMemFree, [&](cw::FreeWork& work) {
    *static_cast<void**>(out) = work.memory()->address();
    return cudaSuccess;
  });
}
