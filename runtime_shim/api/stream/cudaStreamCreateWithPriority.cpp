#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaStreamCreateWithPriority(cudaStream_t* out, unsigned flags, int priority) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (out == nullptr || (flags & ~cudaStreamNonBlocking) != 0) return cudaErrorInvalidValue;
    cw::Owned<cw::Stream> stream;
    const cudaError_t error = device.create_stream(flags, priority, &stream);
    if (error != cudaSuccess) return error;
    *out = reinterpret_cast<cudaStream_t>(cw::runtime().streams().add(static_cast<cw::Owned<cw::Stream>&&>(stream), ordinal));
    return cudaSuccess;
  });
}
