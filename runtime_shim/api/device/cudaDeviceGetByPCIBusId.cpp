#include <cstdio>

#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetByPCIBusId(int* ordinal, const char* text) {
  return cw::on_runtime([&] {
    unsigned domain = 0;
    unsigned bus = 0;
    unsigned slot = 0;
    if (ordinal == nullptr || text == nullptr) return cudaErrorInvalidValue;
    if (std::sscanf(text, "%x:%x:%x", &domain, &bus, &slot) != 3) return cudaErrorInvalidValue;
    for (int i = 0; i < cw::runtime().device_count(); ++i) {
      const cudaDeviceProp* p = nullptr;
      if (cw::runtime().properties(i, &p) != cudaSuccess) continue;
      const bool same = static_cast<unsigned>(p->pciDomainID) == domain && static_cast<unsigned>(p->pciBusID) == bus;
      if (!same || static_cast<unsigned>(p->pciDeviceID) != slot) continue;
      *ordinal = i;
      return cudaSuccess;
    }
    return cudaErrorInvalidDevice;
  });
}
