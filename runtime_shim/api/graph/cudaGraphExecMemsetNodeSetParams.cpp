#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecMemsetNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                                      const cudaMemsetParams* parameters) {
  return cw::set_exec_work(exec, node, cudaGraphNodeTypeMemset, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_fill(device, parameters, work);
  });
}
