// Kept for sources that include it: the functions are declared by cuda_runtime.h.
#ifndef CROSSWARP_SM_20_INTRINSICS_H
#define CROSSWARP_SM_20_INTRINSICS_H
#include "cuda_runtime.h"
#endif
