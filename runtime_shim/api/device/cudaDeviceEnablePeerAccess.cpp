#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceEnablePeerAccess(int peer, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (flags != cudaPeerAccessDefault) return cudaErrorInvalidValue;
    if (!cw::is_device(peer) || peer == ordinal) return cudaErrorInvalidDevice;
    cw::Device& other = cw::runtime().device(peer);
    return device.can_access_peer(other) ? device.enable_peer(other) : cudaErrorInvalidDevice;
  });
}
