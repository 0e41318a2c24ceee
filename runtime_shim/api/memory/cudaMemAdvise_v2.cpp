#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemAdvise_v2(const void* memory, size_t bytes, cudaMemoryAdvise, cudaMemLocation location) {
  return cw::on_device([&](cw::Device&, int) {
    if (location.type == cudaMemLocationTypeDevice && !cw::is_device(location.id)) return cudaErrorInvalidDevice;
    return cw::runtime().memory().covers(memory, bytes) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
