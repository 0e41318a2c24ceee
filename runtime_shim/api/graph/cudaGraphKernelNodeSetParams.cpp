#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphKernelNodeSetParams(cudaGraphNode_t node, const cudaKernelNodeParams* parameters) {
  return cw::set_work(node, cudaGraphNodeTypeKernel, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_kernel(device, parameters, work);
  });
}
