#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceDisablePeerAccess(int peer) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (!cw::is_device(peer) || peer == ordinal) return cudaErrorInvalidDevice;
    return device.disable_peer(cw::runtime().device(peer));
  });
}
