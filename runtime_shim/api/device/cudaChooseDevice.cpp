#include "api/entry.hpp"

// All devices of a process are of one kind: the first that meets the wanted compute capability.
CW_ENTRY cudaError_t cudaChooseDevice(int* ordinal, const cudaDeviceProp* wanted) {
  return cw::on_runtime([&] {
    if (ordinal == nullptr || wanted == nullptr) return cudaErrorInvalidValue;
    *ordinal = 0;
    for (int i = 0; i < cw::runtime().device_count(); ++i) {
      const cudaDeviceProp* p = nullptr;
      if (cw::runtime().properties(i, &p) != cudaSuccess) continue;
      if (p->major * 10 + p->minor < wanted->major * 10 + wanted->minor) continue;
      *ordinal = i;
      break;
    }
    return cudaSuccess;
  });
}
