#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecEventRecordNodeSetEvent(cudaGraphExec_t exec, cudaGraphNode_t node, cudaEvent_t event) {
  return cw::set_exec_work(exec, node, cudaGraphNodeTypeEventRecord, [&](cw::Device&, cw::Owned<cw::GraphWork>* work) {
    return cw::make_event(cudaGraphNodeTypeEventRecord, event, work);
  });
}
