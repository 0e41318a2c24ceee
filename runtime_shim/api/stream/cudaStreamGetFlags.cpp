#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamGetFlags(cudaStream_t handle, unsigned* flags) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (flags == nullptr) return cudaErrorInvalidValue;
    *flags = stream.flags();
    return cudaSuccess;
  });
}
