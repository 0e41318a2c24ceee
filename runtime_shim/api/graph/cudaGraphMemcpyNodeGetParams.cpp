#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemcpyNodeGetParams(cudaGraphNode_t node, cudaMemcpy3DParms* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::CopyWork>(node, cudaGraphNodeTypeMemcpy, [&](cw::CopyWork& work) {
    *out = work.description();
    return cudaSuccess;
  });
}
