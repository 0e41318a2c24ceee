#include "api/entry.hpp"
#include "core/graph_calls.hpp"

// Takes over the new graph as a whole, which also allows changes that CUDA would refuse.
CW_ENTRY cudaError_t cudaGraphExecUpdate(cudaGraphExec_t handle, cudaGraph_t graph_handle, cudaGraphExecUpdateResultInfo* result) {
  return cw::on_device([&](cw::Device&, int) {
    cw::GraphExec* exec = cw::runtime().graph_execs().find(handle);
    const cw::Graph* graph = cw::runtime().graphs().find(graph_handle);
    if (exec == nullptr || graph == nullptr) return cudaErrorInvalidValue;
    cw::Owned<cw::GraphExec> fresh(cw::GraphExec::make(*graph));
    if (!fresh) return cudaErrorGraphExecUpdateFailure;
    exec->swap(*fresh);
    if (result != nullptr) *result = cudaGraphExecUpdateResultInfo{cudaGraphExecUpdateSuccess, nullptr, nullptr};
    return cudaSuccess;
  });
}
