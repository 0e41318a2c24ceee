#include "emulator/launch/group.hpp"

#include <string.h>

#include "emulator/launch/counters.hpp"
#include "emulator/launch/module.hpp"
#include "emulator/launch/start_wave.hpp"
#include "emulator/machine/run_loop.hpp"

namespace cw::amd {
namespace {

struct CheckedAndCounted {
  GroupCheck& check;
  Counters* counters;  // or null
  bool before(Wave& wave, const Instruction& i) {
    return check.before(wave, i) && (counters == nullptr || counters->before(wave, i));
  }
  void after(Wave& wave, const Instruction& i) {
    check.after(wave, i);
    if (counters != nullptr) counters->after(wave, i);
  }
};

void run_checked(Wave& wave, GroupCheck& check, Counters* counters) {
  if (counters != nullptr) counters->attach(wave);
  check.attach(wave);
  CheckedAndCounted both{check, counters};
  run_watched(wave, both);
}

}  // namespace

bool Group::begin(const Dispatch& dispatch, u64 linear) {
  if (!memory_.reserve(dispatch)) return false;
  index_[0] = static_cast<u32>(linear % dispatch.grid[0]);
  index_[1] = static_cast<u32>(linear / dispatch.grid[0] % dispatch.grid[1]);
  index_[2] = static_cast<u32>(linear / dispatch.grid[0] / dispatch.grid[1]);
  shared_ = Workgroup{};
  shared_.waves = dispatch.waves;
  waves_.resize(dispatch.waves);
  for (u32 number = 0; number < dispatch.waves; ++number) prepare_wave(dispatch, number);
  if (enabled_checks() != 0) start_checks(dispatch);
  return true;
}

void Group::start_checks(const Dispatch& dispatch) {
  const Module& module = *dispatch.kernel->module;
  Origin origin;
  origin.kernel = dispatch.kernel->info.name;
  memcpy(origin.block, index_, sizeof origin.block);
  memcpy(origin.threads, dispatch.block, sizeof origin.threads);
  origin.lines = &module.lines();
  origin.code_begin = module.image().code_begin();
  check_.reset(new GroupCheck(origin, dispatch.waves, dispatch.lds_bytes));
}

void Group::prepare_wave(const Dispatch& dispatch, u32 number) {
  Wave& wave = waves_[number];
  wave = Wave{};
  wave.vgpr = memory_.registers(number);
  wave.vgprs = GroupMemory::register_rows(dispatch.kernel->program->arch());
  wave.lanes = dispatch.kernel->info.lanes;
  wave.number = number;
  wave.program = dispatch.kernel->program;
  wave.next = wave.program->at(dispatch.kernel->info.code);
  wave.group = &shared_;
  wave.lds = memory_.lds();
  wave.lds_bytes = dispatch.lds_bytes;
  wave.scratch = memory_.scratch(number);
  wave.scratch_bytes = dispatch.scratch_bytes;
  start_wave(wave, dispatch, index_);
}

bool Group::can_run(const Wave& wave) const {
  return wave.state != State::kEnded && (wave.state != State::kBarrier || shared_.passes(wave));
}

void Group::run_wave(Wave& wave, Counters* counters) {
  if (check_) return run_checked(wave, *check_, counters);
  if (counters == nullptr) return run(wave);
  counters->attach(wave);
  run_watched(wave, *counters);
}

// Every wave that is left waits at a barrier: one of them without having signalled.
Turn Group::stop_stuck() {
  current_ = 0;
  while (waves_[current_].state != State::kBarrier) ++current_;
  Wave& wave = waves_[current_];
  stop(wave, *wave.current, "a barrier that cannot be completed");
  return Turn::kFaulted;
}

Turn Group::turn(Counters* counters) {
  bool busy = false, any = false;
  for (u32 number = 0; number < waves_.size(); ++number) {
    Wave& wave = waves_[number];
    if (!can_run(wave)) continue;
    current_ = number;
    any = true;
    wave.asleep = false;
    run_wave(wave, counters);
    if (wave.state == State::kFaulted) return Turn::kFaulted;
    if (wave.state == State::kEnded) shared_.end();
    if (!wave.asleep) busy = true;
  }
  if (shared_.ended == shared_.waves) return Turn::kEnded;
  if (!any) return stop_stuck();
  return busy ? Turn::kBusy : Turn::kAsleep;
}

}  // namespace cw::amd
