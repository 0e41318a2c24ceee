#include "api/entry.hpp"

// The name of old.
CW_ENTRY cudaError_t cudaThreadExit() { return cudaDeviceReset(); }
