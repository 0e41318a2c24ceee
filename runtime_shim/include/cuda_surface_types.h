// Kept for sources that include it: surface references, where a source uses them.
#ifndef CROSSWARP_CUDA_SURFACE_TYPES_H
#define CROSSWARP_CUDA_SURFACE_TYPES_H
#include "cuda_runtime.h"
#endif
