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

void BarrierCheck::after(const Wave& wave, const Instruction& instruction) {
  if (arrives(instruction)) arrive(wave, instruction);
  if (waits(instruction)) waves_[wave.number].leaving = true;
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
  const u64 lanes = wave.exec() & wave.all_lanes();
  if ((enabled_checks() & kCheckBarriers) == 0) return;
  char place[256];
  if (meeting.first != &instruction && !same_line(wave, *meeting.first, instruction)) {
    describe_line(wave, *meeting.first, place, sizeof place);
    report(wave, kCheckBarriers, instruction, first_lane(wave),
           "waits here while wave %u of its block waits at another barrier, %s", meeting.first_wave, place);
  }
  if ((lanes & ~one.lanes) != 0) return;  // EXEC does not tell lanes that are there from others
  one.absent |= one.lanes & ~lanes;
  if (one.lanes != lanes) one.missed = &instruction;
}

void BarrierCheck::leave(const Wave& wave) {
  OneWave& one = waves_[wave.number];
  one.leaving = false;
  clocks_.take(wave.number, meetings_[(one.arrivals - 1) % 2].message);
}

void BarrierCheck::touch(const Wave& wave, const Instruction& instruction, const Touch& touch) {
  const OneWave& one = waves_[wave.number];
  const u64 late = instruction.format != Format::kSmem ? touch.active & one.absent : 0;
  if (late == 0 || (enabled_checks() & kCheckBarriers) == 0) return;
  char place[256];
  describe_line(wave, instruction, place, sizeof place);
  report(wave, kCheckBarriers, *one.missed, static_cast<u32>(__builtin_ctzll(late)),
         "is not at this barrier with other threads of its wave, but goes on later, at %s", place);
}

}  // namespace cw::amd
