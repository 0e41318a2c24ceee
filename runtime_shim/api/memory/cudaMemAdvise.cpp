#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemAdvise(const void* memory, size_t bytes, cudaMemoryAdvise, int ordinal) {
  return cw::on_device([&](cw::Device&, int) {
    if (ordinal != cudaCpuDeviceId && !cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    return cw::runtime().memory().covers(memory, bytes) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
