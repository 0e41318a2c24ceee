#include "api/graph/graph_entry.hpp"

// The graph must have the shape of the one that the node has. cudaErrorInvalidValue where it does not.
CW_ENTRY cudaError_t cudaGraphExecChildGraphNodeSetParams(cudaGraphExec_t exec_handle, cudaGraphNode_t handle, cudaGraph_t child) {
  return cw::on_graph(child, [&](cw::Graph& graph) {
    const cw::Ref<cw::GraphExec> exec = cw::GraphExec::find(exec_handle);
    const cw::GraphNode* node = cw::find_node(handle);
    if (!exec || node == nullptr) return cudaErrorInvalidValue;
    return exec->update_child(*node, graph);
  });
}
