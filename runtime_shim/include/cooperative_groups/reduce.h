// cooperative_groups::reduce, reduce_update_async, reduce_store_async (CUDA Programming Guide, "Cooperative Groups: reduce").
#ifndef CROSSWARP_COOPERATIVE_GROUPS_REDUCE_H
#define CROSSWARP_COOPERATIVE_GROUPS_REDUCE_H

#include "../cooperative_groups.h"

#if defined(__cplusplus) && defined(__CUDACC__)
#define CG_DEVICE __device__ __inline__ __attribute__((always_inline))
#include "../crosswarp/cooperative_groups/operators.h"
//
#include "../crosswarp/cooperative_groups/reduce.h"
#undef CG_DEVICE
#endif

#endif
