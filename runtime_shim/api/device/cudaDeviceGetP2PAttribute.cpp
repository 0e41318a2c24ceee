#include "api/entry.hpp"

// Where peers reach each other's memory, atomics between them are not promised.
CW_ENTRY cudaError_t cudaDeviceGetP2PAttribute(int* value, cudaDeviceP2PAttr attribute, int from, int to) {
  return cw::on_runtime([&] {
    if (value == nullptr) return cudaErrorInvalidValue;
    if (!cw::is_device(from) || !cw::is_device(to) || from == to) return cudaErrorInvalidDevice;
    cw::Runtime& runtime = cw::runtime();
    const bool access = runtime.device(from).can_access_peer(runtime.device(to));
    *value = attribute == cudaDevP2PAttrAccessSupported && access ? 1 : 0;
    return cudaSuccess;
  });
}
