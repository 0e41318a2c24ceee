// Fibers: threads with a stack of their own, for kernels that suspend inside functions which cannot be inlined.
#ifndef CROSSWARP_TARGETS_CPU_FIBER_H
#define CROSSWARP_TARGETS_CPU_FIBER_H

#include "../state.h"

namespace crosswarp::cpu {

inline constexpr u64 kFiberStackBytes = 64 * 1024;

// Makes `thread` start in `Schedule::body` when it is first resumed. `frame` has `kFiberStackBytes` for its stack.
void prepare_fiber(Thread& thread, u8* frame);
void resume_fiber(Schedule& schedule, u8* frame);

}  // namespace crosswarp::cpu
#endif
