#include "emulator/launch/group_store.hpp"

#include "core/immortal.hpp"

namespace cw::amd {

Owned<Group> GroupStore::take() {
  Lock lock(mutex_);
  return kept_.empty() ? Owned<Group>(new Group) : kept_.pop();
}

void GroupStore::put(Owned<Group> group) {
  Lock lock(mutex_);
  if (kept_.size() < kMostKept) kept_.push(static_cast<Owned<Group>&&>(group));
}

GroupStore& group_store() {
  static constinit Immortal<GroupStore> store;
  return store.value;
}

}  // namespace cw::amd
