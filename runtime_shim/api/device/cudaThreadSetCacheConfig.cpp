#include "api/entry.hpp"

// The name of old.
CW_ENTRY cudaError_t cudaThreadSetCacheConfig(cudaFuncCache config) { return cudaDeviceSetCacheConfig(config); }
