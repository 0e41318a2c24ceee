#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemAllocNodeGetParams(cudaGraphNode_t node, cudaMemAllocNodeParams* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::AllocWork>(node, cudaGraphNodeTypeMemAlloc, [&](cw::AllocWork& work) {
    *out = work.parameters();
    return cudaSuccess;
  });
}
