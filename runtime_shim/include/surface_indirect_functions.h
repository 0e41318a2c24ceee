// Kept for sources that include it: the functions are declared by cuda_runtime.h.
#ifndef CROSSWARP_SURFACE_INDIRECT_FUNCTIONS_H
#define CROSSWARP_SURFACE_INDIRECT_FUNCTIONS_H
#include "cuda_runtime.h"
#endif
