#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphKernelNodeCopyAttributes(cudaGraphNode_t dst, cudaGraphNode_t src) {
  return cw::on_work<cw::KernelWork>(dst, cudaGraphNodeTypeKernel, [&](cw::KernelWork& work) {
    const cw::GraphNode* from = cw::find_node(src);
    if (from == nullptr || from->work->type() != cudaGraphNodeTypeKernel) return cudaErrorInvalidValue;
    work.keep_settings(*from->work);
    return cudaSuccess;
  });
}
