// sync(group), thread_rank(group), ... Part of cooperative_groups.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_FREE_FUNCTIONS_H
#define CROSSWARP_COOPERATIVE_GROUPS_FREE_FUNCTIONS_H

namespace cooperative_groups {
template <class Group>
CG_DEVICE void sync(const Group& group) {
  group.sync();
}
template <class Group>
CG_DEVICE unsigned long long group_size(const Group& group) {
  return group.size();
}
template <class Group>
CG_DEVICE unsigned long long thread_rank(const Group& group) {
  return group.thread_rank();
}
template <class Group>
CG_DEVICE bool is_valid(const Group&) {
  return true;
}
// One thread of the group, the same for all.
template <class Group, class Function>
CG_DEVICE void invoke_one(const Group& group, Function&& function) {
  if (group.thread_rank() == 0) function();
}
}  // namespace cooperative_groups

#endif
