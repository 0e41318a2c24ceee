#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemcpyNodeSetParamsFromSymbol(cudaGraphNode_t node, void* dst, const void* symbol, size_t bytes,
                                                            size_t offset, cudaMemcpyKind kind) {
  return cw::set_work(node, cudaGraphNodeTypeMemcpy, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy_from_symbol(device, dst, symbol, bytes, offset, kind, work);
  });
}
