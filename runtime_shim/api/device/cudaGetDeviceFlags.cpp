#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetDeviceFlags(unsigned* flags) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    if (flags == nullptr) return cudaErrorInvalidValue;
    *flags = cw::runtime().device_flags(ordinal);
    return cudaSuccess;
  });
}
