// nvcuda::wmma: matrices that the lanes of a warp hold together (CUDA C++ Programming Guide, "Warp Matrix Functions").
//
// Every function is one PTX instruction; docs/ptx.md says what it computes where there are no tensor cores.
#ifndef CROSSWARP_MMA_H
#define CROSSWARP_MMA_H

#if defined(__cplusplus) && defined(__CUDACC__)
#include "crosswarp/device/wmma_fragments.h"
#include "crosswarp/device/wmma_operations.h"
#endif

#endif
