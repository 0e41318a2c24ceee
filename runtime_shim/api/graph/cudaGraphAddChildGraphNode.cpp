#include "api/graph/graph_entry.hpp"

// The node has a copy of the graph as it is now.
CW_ENTRY cudaError_t cudaGraphAddChildGraphNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                                size_t count, cudaGraph_t child) {
  return cw::add_work(out, graph, dependencies, count,
                      [&](cw::Device&, cw::Owned<cw::GraphWork>* work) { return cw::make_child(nullptr, child, false, work); });
}
