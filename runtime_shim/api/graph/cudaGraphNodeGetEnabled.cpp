#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphNodeGetEnabled(cudaGraphExec_t exec_handle, cudaGraphNode_t handle, unsigned* enabled) {
  return cw::on_node(handle, [&](cw::GraphNode& node) {
    const cw::Ref<cw::GraphExec> exec = cw::GraphExec::find(exec_handle);
    const cw::GraphNode* copy = exec ? exec->copy_of(node) : nullptr;
    if (copy == nullptr || enabled == nullptr || !copy->work->can_be_disabled()) return cudaErrorInvalidValue;
    *enabled = copy->enabled ? 1 : 0;
    return cudaSuccess;
  });
}
