#include "api/graph/graph_entry.hpp"

// Graphs inside nodes go with their node: destroying them by themselves is cudaErrorInvalidValue.
CW_ENTRY cudaError_t cudaGraphDestroy(cudaGraph_t handle) {
  return cw::on_runtime([&] {
    const cw::Owned<cw::Graph> graph = cw::runtime().graphs().take(handle);
    return graph ? cudaSuccess : cudaErrorInvalidValue;
  });
}
