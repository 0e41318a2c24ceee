#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecMemcpyNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                                      const cudaMemcpy3DParms* parameters) {
  return cw::set_exec_work(exec, node, cudaGraphNodeTypeMemcpy, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy(device, parameters, work);
  });
}
