#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphLaunch(cudaGraphExec_t handle, cudaStream_t stream_handle) {
  return cw::on_stream(stream_handle, [&](cw::Stream& stream) {
    const cw::Ref<cw::GraphExec> exec = cw::GraphExec::find(handle);
    return exec ? exec->launch(stream) : cudaErrorInvalidValue;
  });
}
