// How the scheduler gives control to a suspended thread.
#ifndef CROSSWARP_TARGETS_CPU_SWITCH_H
#define CROSSWARP_TARGETS_CPU_SWITCH_H

#include "state.h"

namespace crosswarp::cpu {

inline void resume_thread(Thread& thread) { __builtin_coro_resume(thread.frame); }

}  // namespace crosswarp::cpu
#endif
