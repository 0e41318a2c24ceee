// Kept for sources that include it: curand_kernel.h declares everything.
#ifndef CROSSWARP_FORWARD_CURAND_PRECALC_H
#define CROSSWARP_FORWARD_CURAND_PRECALC_H
#include "curand_kernel.h"
#endif
