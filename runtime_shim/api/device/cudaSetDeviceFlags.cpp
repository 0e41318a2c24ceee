#include "api/entry.hpp"

// How the host waits: every device here chooses by itself. The flags are kept for cudaGetDeviceFlags.
CW_ENTRY cudaError_t cudaSetDeviceFlags(unsigned flags) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    if ((flags & ~static_cast<unsigned>(cudaDeviceMask)) != 0) return cudaErrorInvalidValue;
    cw::runtime().set_device_flags(ordinal, flags);
    return cudaSuccess;
  });
}
