#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddEmptyNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                           size_t count) {
  return cw::add_work(out, graph, dependencies, count, [&](cw::Device&, cw::Owned<cw::GraphWork>* work) {
    work->reset(new cw::EmptyWork);
    return cudaSuccess;
  });
}
