#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamGetDevice(cudaStream_t handle, int* ordinal) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (ordinal == nullptr) return cudaErrorInvalidValue;
    *ordinal = cw::runtime().ordinal_of(stream.device());
    return cudaSuccess;
  });
}
