#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddEventWaitNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                               size_t count, cudaEvent_t event) {
  return cw::add_work(out, graph, dependencies, count, [&](cw::Device&, cw::Owned<cw::GraphWork>* work) {
    return cw::make_event(cudaGraphNodeTypeWaitEvent, event, work);
  });
}
