#include "api/graph/graph_entry.hpp"

// Kernel, copy and memset nodes only.
CW_ENTRY cudaError_t cudaGraphNodeSetEnabled(cudaGraphExec_t exec_handle, cudaGraphNode_t handle, unsigned enabled) {
  return cw::on_node(handle, [&](cw::GraphNode& node) {
    const cw::Ref<cw::GraphExec> exec = cw::GraphExec::find(exec_handle);
    return exec && exec->set_enabled(node, enabled != 0) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
