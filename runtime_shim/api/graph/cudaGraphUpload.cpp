#include "api/entry.hpp"
#include "core/graph_calls.hpp"

// Nothing needs to be sent ahead.
CW_ENTRY cudaError_t cudaGraphUpload(cudaGraphExec_t handle, cudaStream_t stream) {
  return cw::on_stream(stream, [&](cw::Stream&) {
    return cw::runtime().graph_execs().find(handle) == nullptr ? cudaErrorInvalidValue : cudaSuccess;
  });
}
