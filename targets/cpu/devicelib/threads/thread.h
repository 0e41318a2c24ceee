// Operations of one thread: linked into a kernel and inlined before its coroutine is formed.
//
// `context()` and `suspend()` are markers that the target's passes replace: the first by the hidden context argument, the
// second by the suspension of the thread. `place()` becomes a number that is different at each call in the code.
#ifndef CROSSWARP_TARGETS_CPU_THREAD_H
#define CROSSWARP_TARGETS_CPU_THREAD_H

#include "../state.h"

// Defines the operation `__nvvm.<label>` or `__cw.<label>`.
#define CW_NVVM(label) __asm__("__nvvm." label) __attribute__((always_inline))
#define CW_NAMED(label) __asm__("__cw." label) __attribute__((always_inline))

namespace crosswarp::cpu {
extern "C" {
Thread* context() __asm__("__cwcpu.context") __attribute__((const, nothrow));
void suspend() __asm__("__cwcpu.suspend") __attribute__((nothrow));
u32 place() __asm__("__cwcpu.place") __attribute__((nothrow, noduplicate));
}

// Publishes the operands, waits for the lanes of `mask`, returns this lane's result.
inline __attribute__((always_inline)) u32 meet(Operation operation, u32 mask, u32 value = 0, u32 argument = 0, u32 control = 0,
                                               u32 value_high = 0) {
  Warp* warp = warp_of(context());
  const u32 lane = context()->lane;
  warp->operation[lane] = operation << kOperationShift | control;
  warp->mask[lane] = mask;
  warp->value[lane] = value;
  if (operation == kMatchAny || operation == kMatchAll) warp->value_high[lane] = value_high;
  warp->argument[lane] = argument;
  *context()->event = kAtWarpOperation;
  suspend();
  return warp_of(context())->result[context()->lane];
}

// The second result of the operation this lane has just completed.
inline __attribute__((always_inline)) bool met_predicate() { return warp_of(context())->predicate[context()->lane]; }

inline __attribute__((always_inline)) void wait_for(u8 event) {
  *context()->event = event;
  suspend();
}

}  // namespace crosswarp::cpu
#endif
