#include "emulator/launch/launch.hpp"

#include <sched.h>
#include <stdio.h>

#include "emulator/launch/group_store.hpp"
#include "emulator/launch/report.hpp"

namespace cw::amd {
namespace {

// Turns that a busy workgroup has before others have theirs: it may wait for one of them without saying so.
constexpr u32 kPatience = 8;
// Threads that are resident at once: about what a large GPU holds. In a cooperative launch all are.
constexpr u64 kMostResident = 64 << 10;

}  // namespace

Launch::~Launch() {
  while (first_ != nullptr) take_parked();
}

bool Launch::has_work() {
  Lock lock(mutex_);
  return has_work_locked();
}

void Launch::work() {
  const bool counted = counted_ != nullptr;
  Counters counters(counted ? counted_->executed_at : nullptr);
  while (Owned<Group> group = take()) run(static_cast<Owned<Group>&&>(group), counted ? &counters : nullptr);
  if (!counted) return;
  Lock lock(mutex_);
  add(*counted_, counters.counted());
}

bool Launch::has_room() const {
  return dispatch_.cooperative || resident_ == 0 || (resident_ + 1) * dispatch_.threads <= kMostResident;
}

// A workgroup that has not begun, else a parked one; null: nothing to do.
Owned<Group> Launch::take() {
  u64 linear = 0;
  {
    Lock lock(mutex_);
    if (!has_work_locked()) return Owned<Group>();
    if (next_ == dispatch_.groups || !has_room()) return take_parked();
    linear = next_++;
    ++resident_;
  }
  Owned<Group> group = group_store().take();
  if (group->begin(dispatch_, linear)) return group;
  Lock lock(mutex_);
  result_ = CW_AMD_MEMORY;
  snprintf(fault_.message, sizeof fault_.message, "no memory for the registers and the scratch of a block");
  return Owned<Group>();
}

Owned<Group> Launch::take_parked() {
  Group* group = first_;
  first_ = group->next;
  if (first_ == nullptr) end_ = &first_;
  group->next = nullptr;
  return Owned<Group>(group);
}

void Launch::park(Owned<Group> group) {
  Lock lock(mutex_);
  *end_ = group.release();
  end_ = &(*end_)->next;
}

void Launch::finish(Owned<Group> group) {
  {
    Lock lock(mutex_);
    --resident_;
  }
  group_store().put(static_cast<Owned<Group>&&>(group));
}

bool Launch::stopped() {
  Lock lock(mutex_);
  return result_ != CW_AMD_SUCCESS;
}

// Until the workgroup has ended, or others should have a turn.
void Launch::run(Owned<Group> group, Counters* counters) {
  for (u32 turns = 1; !stopped(); ++turns) {
    const Turn turn = group->turn(counters);
    if (turn == Turn::kFaulted) return fail(*group);
    if (turn == Turn::kEnded) return finish(static_cast<Owned<Group>&&>(group));
    const bool enough = turn == Turn::kAsleep || turns >= kPatience || dispatch_.cooperative;
    if (enough && has_work()) return park(static_cast<Owned<Group>&&>(group));
    if (turn == Turn::kAsleep) sched_yield();
  }
}

void Launch::fail(Group& group) {
  Lock lock(mutex_);
  if (result_ != CW_AMD_SUCCESS) return;
  result_ = CW_AMD_FAULT;
  report(dispatch_, group, &fault_);
}

}  // namespace cw::amd
