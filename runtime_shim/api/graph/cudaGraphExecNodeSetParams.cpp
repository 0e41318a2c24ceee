#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node, cudaGraphNodeParams* parameters) {
  if (parameters == nullptr) return cw::record_error(cudaErrorInvalidValue);
  if (parameters->type == cudaGraphNodeTypeGraph) return cudaGraphExecChildGraphNodeSetParams(exec, node, parameters->graph.graph);
  return cw::set_exec_work(exec, node, parameters->type, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_any(device, parameters, work);
  });
}
