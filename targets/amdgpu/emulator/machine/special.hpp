// What a wave does besides running its instructions as they are: rounding in two ways, counts. Both are rare, and
// cost the others one test an instruction.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd {

// Bits of Wave::special.
constexpr u8 kMixedRounding = 1;  // f32 is rounded otherwise than f64 and f16: the host's mode changes with the instructions
constexpr u8 kCounted = 2;        // executed instructions are counted (machine/count.hpp)

const Instruction* special_step(Wave& w, const Instruction& i, Handler handler);

inline const Instruction* step(Wave& w, const Instruction& i, Handler handler) {
  return w.special == 0 ? handler(w, i) : special_step(w, i, handler);
}

// Rounds on this processor as the wave's mode says, from now on.
void adopt_rounding(Wave& w);

// While a wave runs on a thread; the thread's own rounding comes back at the end.
class HostRounding {
 public:
  explicit HostRounding(Wave& w);
  ~HostRounding() { __builtin_ia32_ldmxcsr(saved_); }
  HostRounding(const HostRounding&) = delete;
  HostRounding& operator=(const HostRounding&) = delete;

 private:
  u32 saved_;
};

}  // namespace cw::amd
