#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddHostNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                          size_t count, const cudaHostNodeParams* parameters) {
  return cw::add_work(out, graph, dependencies, count,
                      [&](cw::Device&, cw::Owned<cw::GraphWork>* work) { return cw::make_host(parameters, work); });
}
