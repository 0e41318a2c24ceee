#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphDestroy(cudaGraph_t handle) {
  const cw::Owned<cw::Graph> graph = cw::runtime().graphs().take(handle);
  return graph ? cudaSuccess : cw::record_error(cudaErrorInvalidValue);
}
