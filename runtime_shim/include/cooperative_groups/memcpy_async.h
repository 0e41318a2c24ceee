// cooperative_groups::memcpy_async, wait and wait_prior (CUDA Programming Guide, "Cooperative Groups: memcpy_async").
#ifndef CROSSWARP_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H
#define CROSSWARP_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H

#include "../cooperative_groups.h"

#if defined(__cplusplus) && defined(__CUDACC__) && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700)
#include "../crosswarp/device/async_copy.h"

namespace cooperative_groups {
#define CG_DEVICE __device__ __inline__ __attribute__((always_inline))
// All threads of the group copy together; `shape` is a number of bytes, or a cuda::aligned_size_t.
template <class Group, class __T, class Shape>
CG_DEVICE void memcpy_async(const Group& group, __T* dst, const __T* src, const Shape& shape) {
  ::__cw::copy_async((void*)dst, (const void*)src, (size_t)shape, (size_t)group.thread_rank(), (size_t)group.size());
  __pipeline_commit();
}
// Layouts are numbers of elements: as many are copied as both have.
template <class Group, class __T, class DstLayout, class SrcLayout>
CG_DEVICE void memcpy_async(const Group& group, __T* dst, const DstLayout& dst_layout, const __T* src,
                            const SrcLayout& src_layout) {
  const size_t room = (size_t)dst_layout, there = (size_t)src_layout, elements = room < there ? room : there;
  memcpy_async(group, (char*)dst, (const char*)src, elements * sizeof(__T));
}
// Until all of the group's copies, or all but the latest `Stages`, are done, and every thread sees them.
template <class Group>
CG_DEVICE void wait(const Group& group) {
  __pipeline_wait_prior(0);
  group.sync();
}
template <unsigned Stages, class Group>
CG_DEVICE void wait_prior(const Group& group) {
  __pipeline_wait_prior(Stages);
  group.sync();
}
#undef CG_DEVICE
}  // namespace cooperative_groups
#endif

#endif
