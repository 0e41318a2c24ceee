#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemsetNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                            size_t count, const cudaMemsetParams* parameters) {
  return cw::add_work(out, graph, dependencies, count,
                      [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) { return cw::make_fill(device, parameters, work); });
}
