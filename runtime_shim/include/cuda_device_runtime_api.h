// Kept for sources that include it. Launching kernels from kernels (dynamic parallelism) is not provided: no device entry is
// declared.
#ifndef CROSSWARP_CUDA_DEVICE_RUNTIME_API_H
#define CROSSWARP_CUDA_DEVICE_RUNTIME_API_H
#include "driver_types.h"
#endif
