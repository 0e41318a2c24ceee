// Asynchronous copies from global to shared memory, C form (CUDA Programming Guide, "Asynchronous Data Copies: primitives").
#ifndef CROSSWARP_CUDA_PIPELINE_PRIMITIVES_H
#define CROSSWARP_CUDA_PIPELINE_PRIMITIVES_H

#include "cuda_awbarrier_primitives.h"

#if defined(__cplusplus) && defined(__CUDACC__) && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700)
// Copies 4, 8 or 16 bytes, aligned so; the last `zfill` of them are zero instead.
CW_DEVICE void __pipeline_memcpy_async(void* __restrict__ dst_shared, const void* __restrict__ src_global, size_t size_and_align,
                                       size_t zfill = 0) {
  const unsigned bytes = (unsigned)(size_and_align - zfill);
  switch (size_and_align) {
    case 4:
      return __cw_cp_async_4(dst_shared, src_global, bytes);
    case 8:
      return __cw_cp_async_8(dst_shared, src_global, bytes);
    case 16:
      return __cw_cp_async_16(dst_shared, src_global, bytes);
    default:
      __trap();
  }
}
CW_DEVICE void __pipeline_commit(void) { __cw_cp_async_commit(); }
// Until at most `prior` of the thread's latest batches are left.
CW_DEVICE void __pipeline_wait_prior(size_t prior) { __cw_cp_async_wait((unsigned)prior); }
CW_DEVICE void __pipeline_arrive_on(__mbarrier_t* barrier) { __cw_cp_async_arrive(barrier); }
#endif

#endif
