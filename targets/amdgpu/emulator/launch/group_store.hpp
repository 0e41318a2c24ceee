// Workgroups' memory that no launch uses now.
#pragma once

#include "core/sync.hpp"
#include "emulator/launch/group.hpp"

namespace cw::amd {

class GroupStore {
 public:
  Owned<Group> take();
  void put(Owned<Group> group);

 private:
  static constexpr size_t kMostKept = 64;
  Mutex mutex_;
  Vector<Owned<Group>> kept_;
};

GroupStore& group_store();

}  // namespace cw::amd
