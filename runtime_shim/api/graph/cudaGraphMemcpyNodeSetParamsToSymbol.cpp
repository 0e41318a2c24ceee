#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemcpyNodeSetParamsToSymbol(cudaGraphNode_t node, const void* symbol, const void* src, size_t bytes,
                                                          size_t offset, cudaMemcpyKind kind) {
  return cw::set_work(node, cudaGraphNodeTypeMemcpy, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy_to_symbol(device, symbol, src, bytes, offset, kind, work);
  });
}
