#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecDestroy(cudaGraphExec_t exec) {
  return cw::on_runtime([&] { return cw::GraphExec::destroy(exec) ? cudaSuccess : cudaErrorInvalidValue; });
}
