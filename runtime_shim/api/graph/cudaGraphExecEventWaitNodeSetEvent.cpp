#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecEventWaitNodeSetEvent(cudaGraphExec_t exec, cudaGraphNode_t node, cudaEvent_t event) {
  return cw::set_exec_work(exec, node, cudaGraphNodeTypeWaitEvent, [&](cw::Device&, cw::Owned<cw::GraphWork>* work) {
    return cw::make_event(cudaGraphNodeTypeWaitEvent, event, work);
  });
}
