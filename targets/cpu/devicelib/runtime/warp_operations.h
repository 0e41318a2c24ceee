// What a warp operation computes once all its lanes have published their operands.
#ifndef CROSSWARP_TARGETS_CPU_WARP_OPERATIONS_H
#define CROSSWARP_TARGETS_CPU_WARP_OPERATIONS_H

#include "../state.h"

namespace crosswarp::cpu {

// Fills `result` and `predicate` of the lanes in `members`; all of them wait at `operation`.
void complete_operation(Warp& warp, u32 members, Operation operation);

}  // namespace crosswarp::cpu
#endif
