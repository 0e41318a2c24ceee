// One workgroup in execution: its waves run in turn on one thread until they have ended.
#pragma once

#include "emulator/checks/group_check.hpp"
#include "emulator/launch/group_memory.hpp"
#include "emulator/machine/workgroup.hpp"

namespace cw::amd {

class Counters;

// What a turn of a workgroup came to.
enum class Turn : u8 {
  kEnded,
  kBusy,    // some wave has more to do
  kAsleep,  // all that are left wait for something outside of the group
  kFaulted
};

class Group : public Allocated {
 public:
  // False when there is no memory.
  bool begin(const Dispatch& dispatch, u64 linear);
  // Lets each wave run until it ends, waits or has run for long.
  Turn turn(Counters* counters);
  // The wave that runs or ran last, for reports.
  Wave& current() { return waves_[current_]; }
  const u32 (&index() const)[3] { return index_; }

  Group* next = nullptr;  // of a launch's parked ones

 private:
  void start_checks(const Dispatch& dispatch);
  void prepare_wave(const Dispatch& dispatch, u32 number);
  void run_wave(Wave& wave, Counters* counters);
  Turn stop_stuck();
  bool can_run(const Wave& wave) const;

  GroupMemory memory_;
  Workgroup shared_;
  Vector<Wave> waves_;
  Owned<GroupCheck> check_;  // null: none is switched on
  u32 current_ = 0;
  u32 index_[3] = {};
};

}  // namespace cw::amd
