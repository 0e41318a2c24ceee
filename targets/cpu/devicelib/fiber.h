// Fibers: threads with a stack of their own, for kernels that suspend inside functions which cannot be inlined.
#ifndef CROSSWARP_TARGETS_CPU_FIBER_H
#define CROSSWARP_TARGETS_CPU_FIBER_H

#include "state.h"

namespace crosswarp::cpu {

inline constexpr u64 kFiberStackBytes = 64 * 1024;

// Makes `thread` start in `Schedule::body` when it is first resumed; its stack is the `frame` it has so far.
void prepare_fiber(Thread& thread);
void resume_fiber(Thread& thread);

}  // namespace crosswarp::cpu
#endif
