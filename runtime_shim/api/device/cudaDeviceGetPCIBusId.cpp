#include <cstdio>

#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetPCIBusId(char* text, int length, int ordinal) {
  return cw::on_runtime([&] {
    if (text == nullptr || length < 13) return cudaErrorInvalidValue;
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    const cudaDeviceProp* p = nullptr;
    const cudaError_t error = cw::runtime().properties(ordinal, &p);
    if (error != cudaSuccess) return error;
    snprintf(text, static_cast<size_t>(length), "%04x:%02x:%02x.0", static_cast<unsigned>(p->pciDomainID),
             static_cast<unsigned>(p->pciBusID), static_cast<unsigned>(p->pciDeviceID));
    return cudaSuccess;
  });
}
