#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphKernelNodeSetAttribute(cudaGraphNode_t node, cudaLaunchAttributeID id,
                                                     const cudaLaunchAttributeValue* value) {
  if (value == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::KernelWork>(node, cudaGraphNodeTypeKernel,
                                     [&](cw::KernelWork& work) { return work.set_attribute(id, *value); });
}
