// Kept for sources that include it: the runtime API in device code is part of the language headers.
#ifndef CROSSWARP_CUDA_DEVICE_RUNTIME_API_H
#define CROSSWARP_CUDA_DEVICE_RUNTIME_API_H
#include "driver_types.h"
#endif
