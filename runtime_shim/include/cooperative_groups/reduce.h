// cooperative_groups::reduce and its operators (CUDA Programming Guide, "Cooperative Groups: reduce").
#ifndef CROSSWARP_COOPERATIVE_GROUPS_REDUCE_H
#define CROSSWARP_COOPERATIVE_GROUPS_REDUCE_H

#include "../cooperative_groups.h"

#if defined(__cplusplus) && defined(__CUDACC__)
namespace cooperative_groups {
#define CG_OPERATOR(name, expression)                                    \
  template <class __T>                                                   \
  struct name {                                                          \
    __device__ __T operator()(__T a, __T b) const { return expression; } \
  };
CG_OPERATOR(plus, a + b)
CG_OPERATOR(less, b < a ? b : a)
CG_OPERATOR(greater, a < b ? b : a)
CG_OPERATOR(bit_and, a& b)
CG_OPERATOR(bit_or, a | b)
CG_OPERATOR(bit_xor, a ^ b)
#undef CG_OPERATOR

// Every thread of the tile gets the result.
template <unsigned Size, class Parent, class __T, class Operator>
__device__ __inline__ auto reduce(const thread_block_tile<Size, Parent>& group, __T value, Operator op)
    -> decltype(op(value, value)) {
  for (unsigned distance = Size / 2; distance > 0; distance /= 2) value = op(value, group.shfl_xor(value, distance));
  return value;
}
template <class __T, class Operator>
__device__ __inline__ auto reduce(const coalesced_group& group, __T value, Operator op) -> decltype(op(value, value)) {
  const unsigned size = (unsigned)group.size(), rank = (unsigned)group.thread_rank();
  for (unsigned distance = 1; distance < size; distance *= 2) {
    const __T other = group.shfl_down(value, distance);
    if (rank + distance < size) value = op(value, other);
  }
  return group.shfl(value, 0);
}
}  // namespace cooperative_groups
#endif

#endif
