#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemcpyNodeSetParams(cudaGraphNode_t node, const cudaMemcpy3DParms* parameters) {
  return cw::set_work(node, cudaGraphNodeTypeMemcpy,
                      [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) { return cw::make_copy(device, parameters, work); });
}
