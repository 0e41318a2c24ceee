#include "emulator/checks/barriers.hpp"

#include <string.h>

#include "emulator/machine/checks.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

bool begins(const Instruction& i, const char* prefix) {
  return i.format <= Format::kSopp && i.record != nullptr && strncmp(i.record->name, prefix, strlen(prefix)) == 0;
}

// gfx12 splits the barrier in two.
bool arrives(const Instruction& i) {
  return begins(i, "s_barrier") && !begins(i, "s_barrier_wait") && !begins(i, "s_barrier_leave");
}
bool waits(const Instruction& i) {
  return begins(i, "s_barrier") && !begins(i, "s_barrier_signal") && !begins(i, "s_barrier_leave");
}

}  // namespace

void BarrierCheck::before(const Wave& wave, const Instruction& instruction) {
  OneWave& one = waves_[wave.number];
  if (!one.started) {
    one.started = true;
    one.lanes = wave.exec() & wave.all_lanes();
  }
  if (one.leaving && !begins(instruction, "s_barrier_wait")) leave(wave);
}

bool BarrierCheck::after(const Wave& wave, const Instruction& instruction) {
  if (waits(instruction)) waves_[wave.number].leaving = true;
  if (!arrives(instruction)) return false;
  arrive(wave, instruction);
  return true;
}

void BarrierCheck::arrive(const Wave& wave, const Instruction& instruction) {
  OneWave& one = waves_[wave.number];
  Meeting& meeting = meetings_[one.arrivals % 2];
  if (meeting.number != one.arrivals) {
    meeting.number = one.arrivals;
    meeting.first = &instruction;
    meeting.first_wave = wave.number;
    meeting.message.clear();
  }
  ++one.arrivals;
  clocks_.give(wave.number, meeting.message);
  if ((enabled_checks() & kCheckBarriers) == 0) return;
  if (meeting.first != &instruction && !same_line(wave, *meeting.first, instruction)) {
    char place[256];
    describe_line(wave, *meeting.first, place, sizeof place);
    report(wave, kCheckBarriers, instruction, first_lane(wave),
           "waits here while wave %u of its block waits at another barrier, %s", meeting.first_wave, place);
  }
  check_lanes(wave, instruction);
}

void BarrierCheck::check_lanes(const Wave& wave, const Instruction& instruction) {
  OneWave& one = waves_[wave.number];
  const u64 lanes = wave.exec() & wave.all_lanes(), late = lanes & one.absent;
  if (late != 0) {
    char place[256];
    describe_line(wave, *one.missed, place, sizeof place);
    report(wave, kCheckBarriers, instruction, static_cast<u32>(__builtin_ctzll(late)),
           "waits here, but not at an earlier barrier of other threads of its wave, %s", place);
  }
  if ((one.lanes & ~lanes) == 0) return;
  one.absent |= one.lanes & ~lanes;
  one.missed = &instruction;
}

void BarrierCheck::leave(const Wave& wave) {
  OneWave& one = waves_[wave.number];
  one.leaving = false;
  clocks_.take(wave.number, meetings_[(one.arrivals - 1) % 2].message);
}

}  // namespace cw::amd
