// Barriers: what they order, and whether all waves and lanes meet at the same one.
#pragma once

#include "core/vector.hpp"
#include "emulator/checks/clocks.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

// Hardware lets waves meet at any two barriers, and does not wait for waves that have ended; CUDA wants all threads that have not
// exited at the same __syncthreads(). A lane that was switched off at a barrier but is at a later one missed the first. (Lanes that
// only run on are no sign of it: what a thread does before it returns out of a loop comes after the loop in the machine code.)
class BarrierCheck {
 public:
  explicit BarrierCheck(Clocks& clocks) : clocks_(clocks) { waves_.resize(clocks.waves()); }
  void before(const Wave& wave, const Instruction& instruction);
  // True where the wave has arrived at a barrier.
  bool after(const Wave& wave, const Instruction& instruction);

 private:
  struct OneWave {
    u32 arrivals = 0;
    bool leaving = false;  // it waits, or has waited and not gone on yet
    bool started = false;
    u64 lanes = 0;   // it began with
    u64 absent = 0;  // lanes that missed a barrier
    const Instruction* missed = nullptr;
  };
  struct Meeting {
    u32 number = ~0u;
    const Instruction* first = nullptr;
    u32 first_wave = 0;
    Vector<u32> message;
  };
  void arrive(const Wave& wave, const Instruction& instruction);
  void check_lanes(const Wave& wave, const Instruction& instruction);
  void leave(const Wave& wave);

  Clocks& clocks_;
  Vector<OneWave> waves_;
  Meeting meetings_[2];  // a wave may arrive at the next barrier while another has not left this one
};

}  // namespace cw::amd
