// cooperative_groups::inclusive_scan, exclusive_scan and their _update forms (CUDA Programming Guide, "Cooperative Groups: scan").
#ifndef CROSSWARP_COOPERATIVE_GROUPS_SCAN_H
#define CROSSWARP_COOPERATIVE_GROUPS_SCAN_H

#include "../cooperative_groups.h"

#if defined(__cplusplus) && defined(__CUDACC__)
#define CG_DEVICE __device__ __inline__ __attribute__((always_inline))
#include "../crosswarp/cooperative_groups/operators.h"
//
#include "../crosswarp/cooperative_groups/scan.h"
#undef CG_DEVICE
#endif

#endif
