#include "api/graph/graph_entry.hpp"

// There is nothing to upload: work is given to the device at launches.
CW_ENTRY cudaError_t cudaGraphInstantiateWithParams(cudaGraphExec_t* out, cudaGraph_t handle,
                                                    cudaGraphInstantiateParams* parameters) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    cw::GraphLock lock;
    cw::Graph* graph = cw::find_graph(handle);
    if (out == nullptr || graph == nullptr || parameters == nullptr) return cudaErrorInvalidValue;
    cw::GraphNode* culprit = nullptr;
    const cudaError_t error = cw::GraphExec::make(*graph, ordinal, parameters->flags, out, &culprit, &parameters->result_out);
    parameters->errNode_out = culprit != nullptr ? culprit->handle() : nullptr;
    return error;
  });
}
