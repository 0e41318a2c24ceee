#include "api/entry.hpp"

// The name of old.
CW_ENTRY cudaError_t cudaThreadGetLimit(size_t* value, cudaLimit limit) { return cudaDeviceGetLimit(value, limit); }
