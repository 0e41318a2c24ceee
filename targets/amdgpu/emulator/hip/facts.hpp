// What the emulated processors are like, where a program can ask.
#pragma once

#include <cstdint>

namespace cw::amdhip {

struct Facts {
  const char* arch;      // gfx1100
  const char* gcn_arch;  // with its target features, as HIP tells it
  int major, minor;
  int lanes;                 // of a wave
  int simds;                 // of a multiprocessor: a compute unit, or a work-group processor from gfx10 on
  int waves_per_simd;        // at most
  int registers;             // vector registers a lane for all waves of a SIMD
  int register_granule;      // in which a wave gets them
  uint32_t lds_bytes;        // of a block
  uint32_t lds_total_bytes;  // of a multiprocessor
  bool unified_registers;    // accumulation registers come from the vector registers
};

constexpr int kMaxThreads = 1024;  // of a block
constexpr int kMaxBlocks = 32;     // of a multiprocessor

// Null for an architecture that is not emulated. Features after a colon are ignored.
const Facts* find_facts(const char* arch);

}  // namespace cw::amdhip
