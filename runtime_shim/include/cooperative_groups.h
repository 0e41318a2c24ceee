// Cooperative groups (CUDA Programming Guide, "Cooperative Groups"): blocks, tiles, coalesced groups, clusters, the grid.
// Launches over several devices at once (multi_grid_group) are not provided: CUDA 13 has removed them.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_H
#define CROSSWARP_COOPERATIVE_GROUPS_H

#include "cuda_runtime.h"

#if defined(__cplusplus) && defined(__CUDACC__)
#define CG_DEVICE __device__ __inline__ __attribute__((always_inline))
// CUDA's groups live in a namespace of their version, and libcu++ declares some of them there.
namespace cooperative_groups {
namespace __v1 {}
using namespace __v1;
}  // namespace cooperative_groups
// Each builds on those before it.
#include "crosswarp/cooperative_groups/block.h"
//
#include "crosswarp/cooperative_groups/grid.h"
//
#include "crosswarp/cooperative_groups/cluster.h"
//
#include "crosswarp/cooperative_groups/words.h"
//
#include "crosswarp/cooperative_groups/tile.h"
//
#include "crosswarp/cooperative_groups/coalesced.h"
//
#include "crosswarp/cooperative_groups/partition.h"
//
#include "crosswarp/cooperative_groups/free_functions.h"
#undef CG_DEVICE
#endif

#endif
