#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int ordinal) {
  return cw::on_runtime([&] {
    if (value == nullptr) return cudaErrorInvalidValue;
    return cw::is_device(ordinal) ? cw::runtime().device(ordinal).attribute(attribute, value) : cudaErrorInvalidDevice;
  });
}
