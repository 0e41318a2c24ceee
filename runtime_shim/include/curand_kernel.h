// The cuRAND device API: generators and distributions that kernels, and here also host functions, may call.
//
// Not offered: MTGP32 (a compile error). curand_discrete needs a distribution that the host library makes.
#ifndef CROSSWARP_CURAND_KERNEL_H
#define CROSSWARP_CURAND_KERNEL_H
#include "curand.h"
#if defined(__cplusplus)
#include "crosswarp/curand/mtgp32.h"
#include "crosswarp/curand/poisson.h"
#endif
#endif
