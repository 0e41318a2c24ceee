#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecKernelNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                                      const cudaKernelNodeParams* parameters) {
  return cw::set_exec_work(exec, node, cudaGraphNodeTypeKernel, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_kernel(device, parameters, work);
  });
}
