#include "api/entry.hpp"

// Unique among the streams that exist.
CW_ENTRY cudaError_t cudaStreamGetId(cudaStream_t handle, unsigned long long* id) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (id == nullptr) return cudaErrorInvalidValue;
    *id = reinterpret_cast<unsigned long long>(&stream);
    return cudaSuccess;
  });
}
