#include "api/entry.hpp"
#include "core/graph_calls.hpp"

// Launches of it that are under way hold their own copies of everything.
CW_ENTRY cudaError_t cudaGraphExecDestroy(cudaGraphExec_t handle) {
  const cw::Owned<cw::GraphExec> exec = cw::runtime().graph_execs().take(handle);
  return exec ? cudaSuccess : cw::record_error(cudaErrorInvalidValue);
}
