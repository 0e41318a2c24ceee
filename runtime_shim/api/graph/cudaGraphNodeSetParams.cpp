#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphNodeSetParams(cudaGraphNode_t node, cudaGraphNodeParams* parameters) {
  if (parameters == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::set_work(node, parameters->type,
                      [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) { return cw::make_any(device, parameters, work); });
}
