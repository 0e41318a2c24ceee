// sync(group), thread_rank(group), invoke_one, ... Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_FREE_FUNCTIONS_H
#define CROSSWARP_COOPERATIVE_GROUPS_FREE_FUNCTIONS_H

namespace cooperative_groups::__v1 {
template <class Group>
CG_DEVICE void sync(const Group& group) {
  group.sync();
}
template <class Group>
CG_DEVICE auto group_size(const Group& group) -> decltype(group.size()) {
  return group.size();
}
template <class Group>
CG_DEVICE auto thread_rank(const Group& group) -> decltype(group.thread_rank()) {
  return group.thread_rank();
}
template <class Group>
CG_DEVICE bool is_valid(const Group&) {
  return true;
}

// One thread of the group calls `function`; which one is not said.
template <class Group, class Function, class... Arguments>
CG_DEVICE void invoke_one(const Group& group, Function&& function, Arguments&&... arguments) {
  if (group.thread_rank() == 0) function(static_cast<Arguments&&>(arguments)...);
}
// All get what it returns. For groups of at most a warp.
template <class Group, class Function, class... Arguments>
CG_DEVICE auto invoke_one_broadcast(const Group& group, Function&& function, Arguments&&... arguments)
    -> decltype(function(static_cast<Arguments&&>(arguments)...)) {
  typedef typename details::plain<decltype(function(static_cast<Arguments&&>(arguments)...))>::type result;
  details::warp_slot slot = {};
  if (group.thread_rank() == 0) slot.put(result(function(static_cast<Arguments&&>(arguments)...)));
  return group.shfl(slot.template get<result>(), 0);
}
}  // namespace cooperative_groups::__v1

#endif
