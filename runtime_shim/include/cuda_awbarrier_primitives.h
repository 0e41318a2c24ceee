// Barriers in shared memory, C form (CUDA Programming Guide, "Asynchronous Barriers: primitives").
#ifndef CROSSWARP_CUDA_AWBARRIER_PRIMITIVES_H
#define CROSSWARP_CUDA_AWBARRIER_PRIMITIVES_H

#include <stdint.h>

#include "cuda_runtime.h"

typedef uint64_t __mbarrier_t;
typedef uint64_t __mbarrier_token_t;

#if defined(__cplusplus) && defined(__CUDACC__) && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700)
CW_DEVICE uint32_t __mbarrier_maximum_count(void) { return (1u << 20) - 1; }
CW_DEVICE void __mbarrier_init(__mbarrier_t* barrier, uint32_t expected_count) { __cw_mbarrier_init(barrier, expected_count); }
CW_DEVICE void __mbarrier_inval(__mbarrier_t* barrier) { __cw_mbarrier_inval(barrier); }
CW_DEVICE __mbarrier_token_t __mbarrier_arrive(__mbarrier_t* barrier) { return __cw_mbarrier_arrive(barrier); }
CW_DEVICE __mbarrier_token_t __mbarrier_arrive_and_drop(__mbarrier_t* barrier) { return __cw_mbarrier_arrive_drop(barrier); }
CW_DEVICE bool __mbarrier_test_wait(__mbarrier_t* barrier, __mbarrier_token_t token) {
  return __cw_mbarrier_test_wait(barrier, token) != 0;
}
CW_DEVICE bool __mbarrier_test_wait_parity(__mbarrier_t* barrier, bool phase_parity) {
  return __cw_mbarrier_test_wait_parity(barrier, phase_parity) != 0;
}
// These may suspend the thread for about the time given.
CW_DEVICE bool __mbarrier_try_wait(__mbarrier_t* barrier, __mbarrier_token_t token, uint32_t max_sleep_nanosec) {
  return __cw_mbarrier_try_wait(barrier, token, max_sleep_nanosec) != 0;
}
CW_DEVICE bool __mbarrier_try_wait_parity(__mbarrier_t* barrier, bool phase_parity, uint32_t max_sleep_nanosec) {
  return __cw_mbarrier_try_wait_parity(barrier, phase_parity, max_sleep_nanosec) != 0;
}
CW_DEVICE uint32_t __mbarrier_token_pending_count(__mbarrier_token_t token) { return __cw_mbarrier_pending_count(token); }
#endif

#endif
