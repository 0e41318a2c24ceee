// nvcuda::experimental::awbarrier: barriers in shared memory whose arrival and wait are apart.
#ifndef CROSSWARP_CUDA_AWBARRIER_H
#define CROSSWARP_CUDA_AWBARRIER_H

#include "cuda_awbarrier_primitives.h"

#if defined(__cplusplus) && defined(__CUDACC__) && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700)
namespace nvcuda {
namespace experimental {
#define CW_MEMBER __device__ __inline__ __attribute__((always_inline))
class awbarrier {
  __mbarrier_t barrier;
  friend CW_MEMBER void init(awbarrier* self, uint32_t expected_count);
  friend class pipeline;

 public:
  class arrival_token {
    __mbarrier_token_t token;
    CW_MEMBER explicit arrival_token(__mbarrier_token_t value) : token(value) {}
    friend class awbarrier;

   public:
    arrival_token() = default;
    // Arrivals that were missing before this one.
    CW_MEMBER uint32_t pending_count() const { return __mbarrier_token_pending_count(token); }
  };
  awbarrier() = default;
  awbarrier(const awbarrier&) = delete;
  awbarrier& operator=(const awbarrier&) = delete;

  CW_MEMBER arrival_token arrive() { return arrival_token(__mbarrier_arrive(&barrier)); }
  CW_MEMBER arrival_token arrive_and_drop() { return arrival_token(__mbarrier_arrive_and_drop(&barrier)); }
  CW_MEMBER bool timed_wait(arrival_token token, uint32_t hint_cycles) {
    return __mbarrier_try_wait(&barrier, token.token, hint_cycles);
  }
  CW_MEMBER bool timed_wait_parity(bool phase, uint32_t hint_cycles) {
    return __mbarrier_try_wait_parity(&barrier, phase, hint_cycles);
  }
  CW_MEMBER void wait(arrival_token token) {
    while (!__mbarrier_test_wait(&barrier, token.token)) {
    }
  }
  CW_MEMBER void arrive_and_wait() { wait(arrive()); }
  static CW_MEMBER uint32_t max() { return __mbarrier_maximum_count(); }
};
// By one thread, before the others come; they must see it, by __syncthreads for example.
CW_MEMBER void init(awbarrier* self, uint32_t expected_count) { __mbarrier_init(&self->barrier, expected_count); }
#undef CW_MEMBER
}  // namespace experimental
}  // namespace nvcuda
#endif

#endif
