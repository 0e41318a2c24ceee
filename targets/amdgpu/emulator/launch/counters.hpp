// Counts what waves execute, for cw_amd_launch_statistics.
#pragma once

#include "emulator/api.h"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

class Counters {
 public:
  // `executed_at`: as in cw_amd_launch_statistics.
  explicit Counters(uint64_t* executed_at) : executed_at_(executed_at) {}
  // Of a wave that starts.
  void attach(Wave& wave);
  bool before(Wave& wave, const Instruction& instruction);
  void after(Wave&, const Instruction&) {}
  const cw_amd_launch_statistics& counted() const { return counted_; }

 private:
  static bool observe(Wave& wave, const Instruction& instruction, const Touch& touch);
  void count_transactions(const Touch& touch);

  cw_amd_launch_statistics counted_{};
  uint64_t* executed_at_;
};

void add(cw_amd_launch_statistics& to, const cw_amd_launch_statistics& what);

}  // namespace cw::amd
