// cooperative_groups::inclusive_scan and exclusive_scan (CUDA Programming Guide, "Cooperative Groups: scan").
#ifndef CROSSWARP_COOPERATIVE_GROUPS_SCAN_H
#define CROSSWARP_COOPERATIVE_GROUPS_SCAN_H

#include "reduce.h"

#if defined(__cplusplus) && defined(__CUDACC__)
namespace cooperative_groups {
template <class Group, class __T, class Operator>
__device__ __inline__ __T inclusive_scan(const Group& group, __T value, Operator op) {
  const unsigned size = (unsigned)group.size(), rank = (unsigned)group.thread_rank();
  for (unsigned distance = 1; distance < size; distance *= 2) {
    const __T other = group.shfl_up(value, distance);
    if (rank >= distance) value = op(other, value);
  }
  return value;
}
template <class Group, class __T>
__device__ __inline__ __T inclusive_scan(const Group& group, __T value) {
  return inclusive_scan(group, value, plus<__T>());
}
// The first thread gets T().
template <class Group, class __T, class Operator>
__device__ __inline__ __T exclusive_scan(const Group& group, __T value, Operator op) {
  const __T shifted = group.shfl_up(inclusive_scan(group, value, op), 1);
  return group.thread_rank() == 0 ? __T() : shifted;
}
template <class Group, class __T>
__device__ __inline__ __T exclusive_scan(const Group& group, __T value) {
  return exclusive_scan(group, value, plus<__T>());
}
}  // namespace cooperative_groups
#endif

#endif
