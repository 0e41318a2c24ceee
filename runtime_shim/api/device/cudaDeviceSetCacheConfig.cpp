#include "api/entry.hpp"
#include "core/enumerators.hpp"

// A hint about the split of cache and shared memory; ignored.
CW_ENTRY cudaError_t cudaDeviceSetCacheConfig(cudaFuncCache config) {
  return cw::on_device([&](cw::Device&, int) { return cw::is_cache_config(config) ? cudaSuccess : cudaErrorInvalidValue; });
}
