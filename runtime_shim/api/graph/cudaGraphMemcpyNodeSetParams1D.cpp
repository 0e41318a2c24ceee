#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphMemcpyNodeSetParams1D(cudaGraphNode_t node, void* dst, const void* src, size_t bytes,
                                                    cudaMemcpyKind kind) {
  return cw::set_work(node, cudaGraphNodeTypeMemcpy, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_copy_1d(device, cw::Copy::plain(dst, src, bytes, kind), work);
  });
}
