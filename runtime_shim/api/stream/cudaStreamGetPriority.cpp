#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamGetPriority(cudaStream_t handle, int* priority) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (priority == nullptr) return cudaErrorInvalidValue;
    *priority = stream.priority();
    return cudaSuccess;
  });
}
