#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDeviceGetCacheConfig(cudaFuncCache* config) {
  return cw::on_device([&](cw::Device&, int) {
    if (config == nullptr) return cudaErrorInvalidValue;
    *config = cudaFuncCachePreferNone;
    return cudaSuccess;
  });
}
