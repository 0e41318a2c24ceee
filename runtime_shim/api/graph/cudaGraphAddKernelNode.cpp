#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphAddKernelNode(cudaGraphNode_t* out, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                            size_t count, const cudaKernelNodeParams* parameters) {
  return cw::add_work(out, graph, dependencies, count, [&](cw::Device& device, cw::Owned<cw::GraphWork>* work) {
    return cw::make_kernel(device, parameters, work);
  });
}
