#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphLaunch(cudaGraphExec_t handle, cudaStream_t stream_handle) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    cw::GraphExec* exec = cw::runtime().graph_execs().find(handle);
    return exec == nullptr ? cudaErrorInvalidValue : exec->launch(stream);
  });
}
