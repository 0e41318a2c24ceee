// One launch in execution: threads take its workgroups in order and, when these wait for others, in turns.
#pragma once

#include "core/sync.hpp"
#include "emulator/launch/counters.hpp"
#include "emulator/launch/group.hpp"

namespace cw::amd {

class Launch {
 public:
  // `counted`: where what is executed is added to in the end; null: not counted.
  Launch(const Dispatch& dispatch, cw_amd_launch_statistics* counted) : dispatch_(dispatch), counted_(counted) {}
  Launch(const Launch&) = delete;
  Launch& operator=(const Launch&) = delete;
  ~Launch();

  // Runs workgroups until none is left for this thread. Several threads at once.
  void work();
  bool has_work();
  u64 groups() const { return dispatch_.groups; }

  // Valid when every thread has left.
  cw_amd_result result() const { return result_; }
  const cw_amd_fault& fault() const { return fault_; }

 private:
  Owned<Group> take();
  Owned<Group> take_parked();
  bool has_room() const;
  bool has_work_locked() const {
    return result_ == CW_AMD_SUCCESS && ((next_ < dispatch_.groups && has_room()) || first_ != nullptr);
  }
  void run(Owned<Group> group, Counters* counters);
  void finish(Owned<Group> group);
  void park(Owned<Group> group);
  bool stopped();
  void fail(Group& group);

  const Dispatch& dispatch_;
  cw_amd_launch_statistics* const counted_;
  Mutex mutex_;
  u64 next_ = 0;            // the first workgroup that has not begun
  u64 resident_ = 0;        // begun and not ended
  Group* first_ = nullptr;  // parked ones: first come, first served
  Group** end_ = &first_;
  cw_amd_result result_ = CW_AMD_SUCCESS;
  cw_amd_fault fault_{};
};

}  // namespace cw::amd
