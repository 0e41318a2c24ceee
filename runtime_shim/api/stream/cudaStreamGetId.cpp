#include "api/entry.hpp"

// Unique in the process.
CW_ENTRY cudaError_t cudaStreamGetId(cudaStream_t handle, unsigned long long* id) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (id == nullptr) return cudaErrorInvalidValue;
    *id = stream.id();
    return cudaSuccess;
  });
}
