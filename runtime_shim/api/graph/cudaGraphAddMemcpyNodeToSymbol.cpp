#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemcpyNodeToSymbol(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                                    size_t count, const void* symbol, const void* src, size_t bytes, size_t offset,
                                                    cudaMemcpyKind kind) {
  return cw::add_work(out, graph, dependencies, count, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy_to_symbol(device, symbol, src, bytes, offset, kind, work);
  });
}
