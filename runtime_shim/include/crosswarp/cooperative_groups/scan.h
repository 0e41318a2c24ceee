// Scans in the order of ranks. Part of cooperative_groups/scan.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_SCANS_H
#define CROSSWARP_COOPERATIVE_GROUPS_SCANS_H

namespace cooperative_groups::__v1 {
namespace details {
// What lies before a thread, unless it is the first, and up to and with it.
template <class __T>
struct scanned {
  __T before, with;
};
template <class Group, class __T, class Operator>
CG_DEVICE scanned<__T> scan_lanes(const Group& group, __T value, Operator op) {
  const unsigned size = (unsigned)group.size(), rank = (unsigned)group.thread_rank();
  for (unsigned distance = 1; distance < size; distance *= 2) {
    const __T other = group.shfl_up(value, distance);
    if (rank >= distance) value = op(other, value);
  }
  return scanned<__T>{group.shfl_up(value, 1), value};
}
template <class Group, class __T, class Operator>
CG_DEVICE scanned<__T> scan_values(const Group& group, const __T& value, Operator op) {
  return scan_lanes(group, value, op);
}
template <unsigned Size, class Parent, class __T, class Operator>
CG_DEVICE scanned<__T> scan_values(const thread_block_tile<Size, Parent>& group, const __T& value, Operator op) {
  if constexpr (Size <= 32) {
    return scan_lanes(group, value, op);
  } else {
    const auto own = scan_lanes(tiled_partition<32>(this_thread_block()), value, op);
    return group.exchange(own.with, 31, [=](const warp_slot* all) {
      const unsigned warp = group.thread_rank() / 32;
      if (warp == 0) return own;
      __T before = all[0].template get<__T>();
      for (unsigned i = 1; i < warp; ++i) before = op(before, all[i].template get<__T>());
      return scanned<__T>{__lane() == 0 ? before : op(before, own.before), op(before, own.with)};
    });
  }
}
template <class Group, class __T, class Operator>
CG_DEVICE scanned<combined<__T, Operator>> scan(const Group& group, const __T& value, Operator& op) {
  typedef combined<__T, Operator> result;
  return scan_values(group, result(value), [&](const result& a, const result& b) -> result { return op(a, b); });
}
// The group's last thread adds the group's total to the atomic; all get what it had before.
template <class Group, class Atomic, class __T, class Operator>
CG_DEVICE __T reserve(const Group& group, Atomic& atomic, const __T& with, Operator& op) {
  const unsigned last = (unsigned)group.size() - 1;
  warp_slot old = {};
  if (group.thread_rank() == last) old.put(__T(atomic_update(atomic, with, op)));
  return group.shfl(old.template get<__T>(), last);
}
}  // namespace details

template <class Group, class __T, class Operator>
CG_DEVICE details::combined<__T, Operator> inclusive_scan(const Group& group, __T&& value, Operator&& op) {
  return details::scan(group, value, op).with;
}
template <class Group, class __T>
CG_DEVICE details::combined<__T, plus<typename details::plain<__T>::type>> inclusive_scan(const Group& group, __T&& value) {
  return inclusive_scan(group, value, plus<typename details::plain<__T>::type>());
}
// The first thread gets a value-initialised result.
template <class Group, class __T, class Operator>
CG_DEVICE details::combined<__T, Operator> exclusive_scan(const Group& group, __T&& value, Operator&& op) {
  const auto scanned = details::scan(group, value, op);
  typedef typename details::plain<decltype(scanned.before)>::type result;
  return group.thread_rank() == 0 ? result() : scanned.before;
}
template <class Group, class __T>
CG_DEVICE details::combined<__T, plus<typename details::plain<__T>::type>> exclusive_scan(const Group& group, __T&& value) {
  return exclusive_scan(group, value, plus<typename details::plain<__T>::type>());
}
// Scans that begin with the value of a cuda::atomic, which the group's total is added to.
template <class Group, class Atomic, class __T, class Operator>
CG_DEVICE details::combined<__T, Operator> inclusive_scan_update(const Group& group, Atomic& atomic, __T&& value, Operator&& op) {
  const auto scanned = details::scan(group, value, op);
  return op(details::reserve(group, atomic, scanned.with, op), scanned.with);
}
template <class Group, class Atomic, class __T>
CG_DEVICE details::combined<__T, plus<typename details::plain<__T>::type>> inclusive_scan_update(const Group& group, Atomic& atomic,
                                                                                                 __T&& value) {
  return inclusive_scan_update(group, atomic, value, plus<typename details::plain<__T>::type>());
}
template <class Group, class Atomic, class __T, class Operator>
CG_DEVICE details::combined<__T, Operator> exclusive_scan_update(const Group& group, Atomic& atomic, __T&& value, Operator&& op) {
  const auto scanned = details::scan(group, value, op);
  const auto start = details::reserve(group, atomic, scanned.with, op);
  return group.thread_rank() == 0 ? start : op(start, scanned.before);
}
template <class Group, class Atomic, class __T>
CG_DEVICE details::combined<__T, plus<typename details::plain<__T>::type>> exclusive_scan_update(const Group& group, Atomic& atomic,
                                                                                                 __T&& value) {
  return exclusive_scan_update(group, atomic, value, plus<typename details::plain<__T>::type>());
}
}  // namespace cooperative_groups::__v1

#endif
