#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphConditionalHandleCreate(cudaGraphConditionalHandle* out, cudaGraph_t handle, unsigned default_value,
                                                      unsigned flags) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    if (out == nullptr || (flags & ~static_cast<unsigned>(cudaGraphCondAssignDefault)) != 0) return cudaErrorInvalidValue;
    cw::Ref<cw::GraphCondition> condition;
    cw::Device& device = cw::runtime().device(cw::current_device());
    const cudaError_t error =
        cw::GraphCondition::make(device, default_value, (flags & cudaGraphCondAssignDefault) != 0, &condition);
    if (error != cudaSuccess) return error;
    *out = condition->handle();
    graph.conditions.push(condition);
    return cudaSuccess;
  });
}
