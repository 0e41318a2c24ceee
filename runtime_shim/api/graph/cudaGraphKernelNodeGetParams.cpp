#include "api/graph/graph_entry.hpp"

// `kernelParams` points into the node, until its parameters change.
CW_ENTRY cudaError_t cudaGraphKernelNodeGetParams(cudaGraphNode_t node, cudaKernelNodeParams* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::KernelWork>(node, cudaGraphNodeTypeKernel, [&](cw::KernelWork& work) {
    const cw::LaunchShape& shape = work.shape();
    *out = cudaKernelNodeParams{const_cast<void*>(work.function()),          shape.grid, shape.block,
                                static_cast<unsigned>(shape.dynamic_shared), nullptr,    nullptr};
    return work.pointers(&out->kernelParams);
  });
}
