#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddMemcpyNodeFromSymbol(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                                      size_t count, void* dst, const void* symbol, size_t bytes, size_t offset,
                                                      cudaMemcpyKind kind) {
  return cw::add_work(out, graph, dependencies, count, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy_from_symbol(device, dst, symbol, bytes, offset, kind, work);
  });
}
