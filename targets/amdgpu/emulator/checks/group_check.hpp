// Follows the waves of one workgroup while they run, instruction by instruction.
#pragma once

#include "core/allocated.hpp"
#include "core/vector.hpp"
#include "emulator/checks/barriers.hpp"
#include "emulator/checks/races.hpp"
#include "emulator/checks/waits.hpp"
#include "emulator/machine/checks.hpp"

namespace cw::amd {

// All waves of the group run on one thread.
class GroupCheck : public Allocated {
 public:
  GroupCheck(const Origin& origin, u32 waves, u32 lds_bytes);
  const Origin& origin() const { return origin_; }
  // In the place of run(wave).
  void run(Wave& wave);
  // The same in pieces: a watch of machine/run_loop.hpp. Attach a wave first, after any other observer.
  void attach(Wave& wave);
  bool before(Wave& wave, const Instruction& instruction);
  void after(Wave& wave, const Instruction& instruction);

 private:
  using Observe = bool (*)(Wave&, const Instruction&, const Touch&);
  static bool observe(Wave& wave, const Instruction& instruction, const Touch& touch);

  Origin origin_;
  u32 checks_;
  Vector<WaitCheck> waits_;  // by wave
  Clocks clocks_;
  RaceCheck races_;
  BarrierCheck barriers_;
  Observe observe_ = nullptr;  // what the waves had before
};

}  // namespace cw::amd
