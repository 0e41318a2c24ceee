#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecHostNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                                    const cudaHostNodeParams* parameters) {
  return cw::set_exec_work(exec, node, cudaGraphNodeTypeHost,
                           [&](cw::Device&, cw::Owned<cw::GraphWork>* work) { return cw::make_host(parameters, work); });
}
