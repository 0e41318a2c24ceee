#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceEnablePeerAccess(int peer, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (flags != 0) return cudaErrorInvalidValue;
    if (!cw::is_device(peer) || peer == ordinal) return cudaErrorInvalidDevice;
    return device.enable_peer(cw::runtime().device(peer));
  });
}
