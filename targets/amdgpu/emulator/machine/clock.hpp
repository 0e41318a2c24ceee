// The clocks that programs read.
#pragma once

#include <time.h>

#include "emulator/machine/types.hpp"

namespace cw::amd {

inline u64 nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<u64>(now.tv_sec) * 1000000000 + static_cast<u64>(now.tv_nsec);
}

// Counts at 1 GHz.
inline u64 shader_cycles() { return nanoseconds(); }
// Counts at 100 MHz, the frequency of AMD's constant clock.
inline u64 real_time() { return nanoseconds() / 10; }

}  // namespace cw::amd
