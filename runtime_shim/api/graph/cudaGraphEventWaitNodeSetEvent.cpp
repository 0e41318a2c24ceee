#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphEventWaitNodeSetEvent(cudaGraphNode_t node, cudaEvent_t event) {
  return cw::set_work(node, cudaGraphNodeTypeWaitEvent, [&](cw::Device&, cw::Owned<cw::GraphWork>* work) {
    return cw::make_event(cudaGraphNodeTypeWaitEvent, event, work);
  });
}
