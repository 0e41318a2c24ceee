#include "api/entry.hpp"
#include "core/enumerators.hpp"

// A hint about the split of cache and shared memory, which no device here has a use for.
CW_ENTRY cudaError_t cudaFuncSetCacheConfig(const void* function, cudaFuncCache config) {
  return cw::on_kernel(function, [&](cw::Kernel&) { return cw::is_cache_config(config) ? cudaSuccess : cudaErrorInvalidValue; });
}
