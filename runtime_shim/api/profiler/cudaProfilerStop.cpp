#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaProfilerStop() { return cudaSuccess; }
