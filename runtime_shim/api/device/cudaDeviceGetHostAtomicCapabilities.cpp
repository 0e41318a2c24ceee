#include "api/entry.hpp"
#include "core/atomic_capabilities.hpp"

CW_ENTRY cudaError_t cudaDeviceGetHostAtomicCapabilities(unsigned* out, const cudaAtomicOperation* operations, unsigned count,
                                                         int ordinal) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    const cudaDeviceProp* known = nullptr;
    const cudaError_t error = cw::runtime().properties(ordinal, &known);
    return error != cudaSuccess ? error : cw::atomic_capabilities(known->hostNativeAtomicSupported != 0, operations, count, out);
  });
}
