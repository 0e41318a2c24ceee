// The cuRAND device API: generators and distributions that kernels, and here also host functions, may call.
//
// Not offered: MTGP32 (a compile error). Poisson distributions for curand_discrete are made here, without the host library.
#ifndef CROSSWARP_CURAND_KERNEL_H
#define CROSSWARP_CURAND_KERNEL_H
#include "curand.h"
#if defined(__cplusplus)
#include "crosswarp/curand/discrete.h"
#include "crosswarp/curand/mtgp32.h"
#endif
#endif
