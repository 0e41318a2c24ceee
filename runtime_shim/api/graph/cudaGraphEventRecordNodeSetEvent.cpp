#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphEventRecordNodeSetEvent(cudaGraphNode_t node, cudaEvent_t event) {
  return cw::set_work(node, cudaGraphNodeTypeEventRecord, [&](cw::Device&, cw::Owned<cw::GraphWork>* work) {
    return cw::make_event(cudaGraphNodeTypeEventRecord, event, work);
  });
}
