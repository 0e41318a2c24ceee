#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphClone(cudaGraph_t* out, cudaGraph_t handle) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    const cw::Graph* graph = cw::runtime().graphs().find(handle);
    if (out == nullptr || graph == nullptr) return cudaErrorInvalidValue;
    *out = reinterpret_cast<cudaGraph_t>(cw::runtime().graphs().add(graph->clone(), ordinal));
    return cudaSuccess;
  });
}
