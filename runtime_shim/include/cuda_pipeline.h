// nvcuda::experimental::pipeline: batches of asynchronous copies of one thread.
#ifndef CROSSWARP_CUDA_PIPELINE_H
#define CROSSWARP_CUDA_PIPELINE_H

#include "cuda_awbarrier.h"
#include "cuda_pipeline_primitives.h"

#if defined(__cplusplus) && defined(__CUDACC__) && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700)
#include "crosswarp/device/async_copy.h"

namespace nvcuda {
namespace experimental {
#define CW_MEMBER __device__ __inline__ __attribute__((always_inline))
class pipeline {
  size_t current_batch = 0;

 public:
  pipeline() = default;
  pipeline(const pipeline&) = delete;
  pipeline& operator=(const pipeline&) = delete;
  // Ends a batch; its number.
  CW_MEMBER size_t commit() {
    __pipeline_commit();
    return current_batch++;
  }
  CW_MEMBER void commit_and_wait() { wait(commit()); }
  // Until that batch and those before it are done.
  CW_MEMBER void wait(size_t batch) { __pipeline_wait_prior(current_batch > batch ? current_batch - batch - 1 : 0); }
  template <unsigned Count>
  CW_MEMBER void wait_prior() {
    __pipeline_wait_prior(Count);
  }
  CW_MEMBER void arrive_on(awbarrier& barrier) { __pipeline_arrive_on(&barrier.barrier); }
};
template <class __T>
CW_MEMBER void memcpy_async(__T& dst, const __T& src, pipeline&) {
  static_assert(__is_trivially_copyable(__T), "only trivially copyable types can be copied so");
  ::__cw::copy_async(&dst, &src, sizeof(__T), 0, 1);
}
#undef CW_MEMBER
}  // namespace experimental
}  // namespace nvcuda
#endif

#endif
