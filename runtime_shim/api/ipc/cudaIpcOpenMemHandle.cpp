#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaIpcOpenMemHandle(void** out, cudaIpcMemHandle_t handle, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (out == nullptr || flags != cudaIpcMemLazyEnablePeerAccess) return cudaErrorInvalidValue;
    return cw::runtime().shared_memory().open(device, ordinal, handle, flags, out);
  });
}
