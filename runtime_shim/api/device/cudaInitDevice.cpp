#include "api/entry.hpp"

// Gets a device ready without making it current; `device_flags` count where `flags` says so.
CW_ENTRY cudaError_t cudaInitDevice(int ordinal, unsigned device_flags, unsigned flags) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    const bool valid = (flags & cudaInitDeviceFlagsAreValid) != 0;
    if ((flags & ~static_cast<unsigned>(cudaInitDeviceFlagsAreValid)) != 0) return cudaErrorInvalidValue;
    if (valid && (device_flags & ~static_cast<unsigned>(cudaDeviceMask)) != 0) return cudaErrorInvalidValue;
    if (valid) cw::runtime().set_device_flags(ordinal, device_flags);
    return cudaSuccess;
  });
}
