#include "api/entry.hpp"

// The name of old.
CW_ENTRY cudaError_t cudaThreadSetLimit(cudaLimit limit, size_t value) { return cudaDeviceSetLimit(limit, value); }
