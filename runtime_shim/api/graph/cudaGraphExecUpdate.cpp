#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecUpdate(cudaGraphExec_t exec_handle, cudaGraph_t handle, cudaGraphExecUpdateResultInfo* info) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    const cw::Ref<cw::GraphExec> exec = cw::GraphExec::find(exec_handle);
    return exec ? exec->update(graph, info) : cudaErrorInvalidValue;
  });
}
