// What the waves of a workgroup share besides memory: the barrier. They run in turn on one thread, hence nothing is locked.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd {

struct Workgroup {
  u32 waves = 0;
  u32 ended = 0;
  u32 arrived = 0;  // waves that have signalled in this phase
  u64 phase = 0;    // barriers completed

  // A wave arrives; true for the first of its phase.
  bool signal(Wave& wave) {
    wave.barrier = phase;
    const bool first = arrived++ == 0;
    complete();
    return first;
  }
  void end() {
    ++ended;
    complete();
  }
  bool passes(const Wave& wave) const { return phase > wave.barrier; }

 private:
  // Waves that have ended are not waited for.
  void complete() {
    if (arrived == 0 || arrived + ended < waves) return;
    arrived = 0;
    ++phase;
  }
};

}  // namespace cw::amd
