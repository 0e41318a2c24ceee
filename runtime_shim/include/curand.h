// Types of the cuRAND host library, as far as the device API needs them; the library's functions are not declared.
#ifndef CROSSWARP_CURAND_H
#define CROSSWARP_CURAND_H
#include "crosswarp/curand/types.h"
#include "cuda_runtime.h"
#endif
