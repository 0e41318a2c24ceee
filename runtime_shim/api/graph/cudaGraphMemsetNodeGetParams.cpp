#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemsetNodeGetParams(cudaGraphNode_t node, cudaMemsetParams* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::FillWork>(node, cudaGraphNodeTypeMemset, [&](cw::FillWork& work) {
    const cw::Fill& fill = work.fill();
    *out = cudaMemsetParams{fill.dst, fill.pitch, fill.value, fill.value_bytes, fill.width, fill.height};
    return cudaSuccess;
  });
}
