#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphHostNodeGetParams(cudaGraphNode_t node, cudaHostNodeParams* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::HostWork>(node, cudaGraphNodeTypeHost, [&](cw::HostWork& work) {
    *out = work.parameters();
    return cudaSuccess;
  });
}
