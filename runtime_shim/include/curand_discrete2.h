// Kept for sources that include it: curand_kernel.h declares everything.
#ifndef CROSSWARP_FORWARD_CURAND_DISCRETE2_H
#define CROSSWARP_FORWARD_CURAND_DISCRETE2_H
#include "curand_kernel.h"
#endif
