#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceCanAccessPeer(int* can, int ordinal, int peer) {
  return cw::on_runtime([&] {
    if (can == nullptr) return cudaErrorInvalidValue;
    if (!cw::is_device(ordinal) || !cw::is_device(peer)) return cudaErrorInvalidDevice;
    cw::Runtime& runtime = cw::runtime();
    *can = ordinal != peer && runtime.device(ordinal).can_access_peer(runtime.device(peer)) ? 1 : 0;
    return cudaSuccess;
  });
}
