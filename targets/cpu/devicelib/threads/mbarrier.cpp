// Waiting for the phase of a barrier in shared memory to end. Programs do it in loops, whatever the loop asks: a thread that would
// get "no" lets the others run first.
#include "thread.h"

namespace crosswarp::cpu {
extern "C" {

bool mbarrier_ended(const u64* barrier, u64 parity) __asm__("__cwcpu.mbarrier.ended");

#define CW_WAIT(label, result, name, parity, ...)                                             \
  result name(const u64* barrier, __VA_ARGS__) __asm__(label) __attribute__((always_inline)); \
  result name(const u64* barrier, __VA_ARGS__) {                                              \
    if (!mbarrier_ended(barrier, parity)) wait_for(kYielded);                                 \
    return mbarrier_ended(barrier, parity);                                                   \
  }
CW_WAIT("__cw.mbarrier.test.wait", u32, mbarrier_test, token >> 63, u64 token)
CW_WAIT("__cw.mbarrier.test.wait.parity", u32, mbarrier_test_parity, phase, u32 phase)
CW_WAIT("__cw.mbarrier.try.wait", u32, mbarrier_try, token >> 63, u64 token, u32)
CW_WAIT("__cw.mbarrier.try.wait.parity", u32, mbarrier_try_parity, phase, u32 phase, u32)
CW_WAIT("__nvvm.mbarrier.test.wait", bool, mbarrier_test_generic, token >> 63, u64 token)
CW_WAIT("__nvvm.mbarrier.test.wait.shared", bool, mbarrier_test_shared, token >> 63, u64 token)
}
}  // namespace crosswarp::cpu
