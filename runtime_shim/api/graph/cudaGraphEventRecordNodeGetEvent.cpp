#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphEventRecordNodeGetEvent(cudaGraphNode_t node, cudaEvent_t* out) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_work<cw::EventWork>(node, cudaGraphNodeTypeEventRecord, [&](cw::EventWork& work) {
    *out = work.event();
    return cudaSuccess;
  });
}
