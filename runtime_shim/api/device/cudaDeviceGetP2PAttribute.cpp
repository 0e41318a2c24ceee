#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetP2PAttribute(int* value, cudaDeviceP2PAttr attribute, int from, int to) {
  return cw::on_runtime([&] {
    if (value == nullptr) return cudaErrorInvalidValue;
    if (!cw::is_device(from) || !cw::is_device(to) || from == to) return cudaErrorInvalidDevice;
    return cw::runtime().device(from).peer_attribute(cw::runtime().device(to), attribute, value);
  });
}
