#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemsetNodeSetParams(cudaGraphNode_t node, const cudaMemsetParams* parameters) {
  return cw::set_work(node, cudaGraphNodeTypeMemset,
                      [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) { return cw::make_fill(device, parameters, work); });
}
