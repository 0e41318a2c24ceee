// Reductions: every thread gets the result, which is combined in the order of ranks. Part of cooperative_groups/reduce.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_REDUCTIONS_H
#define CROSSWARP_COOPERATIVE_GROUPS_REDUCTIONS_H

namespace cooperative_groups::__v1 {
namespace details {
// Over the `Size` lanes that differ in their low bits; `group` shuffles among them.
template <unsigned Size, class Group, class __T, class Operator>
CG_DEVICE __T reduce_lanes(const Group& group, __T value, Operator op) {
#pragma unroll
  for (unsigned distance = 1; distance < Size; distance *= 2) {
    const __T other = group.shfl_xor(value, distance);
    value = (__lane() & distance) != 0 ? op(other, value) : op(value, other);
  }
  return value;
}
template <unsigned Size, class Parent, class __T, class Operator>
CG_DEVICE __T reduce_values(const thread_block_tile<Size, Parent>& group, const __T& value, Operator op) {
  if constexpr (Size <= 32) {
    return reduce_lanes<Size>(group, value, op);
  } else {
    const auto warp = tiled_partition<32>(this_thread_block());
    return group.exchange(reduce_lanes<32>(warp, value, op), 0, [=](const warp_slot* all) {
      __T total = all[0].template get<__T>();
      for (unsigned i = 1; i < Size / 32; ++i) total = op(total, all[i].template get<__T>());
      return total;
    });
  }
}
template <class __T, class Operator>
CG_DEVICE __T reduce_values(const coalesced_group& group, __T value, Operator op) {
  const unsigned size = group.size(), rank = group.thread_rank();
  for (unsigned distance = 1; distance < size; distance *= 2) {
    const __T other = group.shfl_down(value, distance);
    if (rank + distance < size) value = op(value, other);
  }
  return group.shfl(value, 0);
}
}  // namespace details

template <class Group, class __T, class Operator>
CG_DEVICE auto reduce(const Group& group, __T&& value, Operator&& op) -> decltype(op(value, value)) {
  typedef typename details::plain<decltype(op(value, value))>::type result;
  return details::reduce_values(group, result(value), [&](const result& a, const result& b) -> result { return op(a, b); });
}
// The result goes to a cuda::atomic instead: combined with what it has, or in its place.
template <class Group, class Atomic, class __T, class Operator>
CG_DEVICE void reduce_update_async(const Group& group, Atomic& atomic, __T&& value, Operator&& op) {
  const auto total = reduce(group, value, op);
  if (group.thread_rank() == 0) details::atomic_update(atomic, total, op);
}
template <class Group, class Atomic, class __T, class Operator>
CG_DEVICE void reduce_store_async(const Group& group, Atomic& atomic, __T&& value, Operator&& op) {
  const auto total = reduce(group, value, op);
  if (group.thread_rank() == 0) atomic.store(total);
}
}  // namespace cooperative_groups::__v1

#endif
