#include "api/entry.hpp"

// The name of old.
CW_ENTRY cudaError_t cudaThreadGetCacheConfig(cudaFuncCache* config) { return cudaDeviceGetCacheConfig(config); }
