#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemcpyNode1D(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                              size_t count, void* dst, const void* src, size_t bytes, cudaMemcpyKind kind) {
  return cw::add_work(out, graph, dependencies, count, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy_1d(device, cw::Copy::plain(dst, src, bytes, kind), work);
  });
}
