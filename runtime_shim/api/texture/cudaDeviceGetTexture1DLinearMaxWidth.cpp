#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetTexture1DLinearMaxWidth(size_t* width, const cudaChannelFormatDesc* format, int ordinal) {
  return cw::on_runtime([&] {
    if (width == nullptr || format == nullptr || !cw::is_channel_format(*format)) return cudaErrorInvalidValue;
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    const cudaDeviceProp* properties = nullptr;
    const cudaError_t error = cw::runtime().properties(ordinal, &properties);
    if (error == cudaSuccess) *width = static_cast<size_t>(properties->maxTexture1DLinear);
    return error;
  });
}
