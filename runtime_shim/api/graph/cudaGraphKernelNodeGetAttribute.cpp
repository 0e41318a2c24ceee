#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphKernelNodeGetAttribute(cudaGraphNode_t node, cudaLaunchAttributeID id,
                                                     cudaLaunchAttributeValue* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::KernelWork>(node, cudaGraphNodeTypeKernel, [&](cw::KernelWork& work) { return work.attribute(id, out); });
}
