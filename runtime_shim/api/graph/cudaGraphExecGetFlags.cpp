#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphExecGetFlags(cudaGraphExec_t handle, unsigned long long* flags) {
  return cw::on_runtime([&] {
    const cw::Ref<cw::GraphExec> exec = cw::GraphExec::find(handle);
    if (!exec || flags == nullptr) return cudaErrorInvalidValue;
    *flags = exec->flags();
    return cudaSuccess;
  });
}
