#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphHostNodeSetParams(cudaGraphNode_t node, const cudaHostNodeParams* parameters) {
  return cw::set_work(node, cudaGraphNodeTypeHost,
                      [&](cw::Device&, cw::Owned<cw::GraphWork>* work) { return cw::make_host(parameters, work); });
}
