// Checks of a running program. CROSSWARP_EMU_CHECK=1 switches all of them on, a comma list of their names some:
//
//   waits     a register is read or written while a load that was not waited for may still fill it
//   races     two waves touch the same byte of LDS, one of them writes, and no barrier orders them
//   barriers  waves of a workgroup, or lanes of a wave, meet at different barriers
//   memory    an access outside of every allocation
//   values    a value that nobody wrote is read from memory
//
// Whoever runs a workgroup makes a GroupCheck (checks/group_check.hpp) where `enabled_checks()` is not 0 and calls its `run` in the
// place of `run(wave)`. Without checks nothing here costs anything. Each finding is printed once for each place in the code.
#pragma once

#include <stddef.h>

#include "emulator/machine/wave.hpp"

namespace cw::amd {

enum Check : u32 { kCheckWaits = 1, kCheckRaces = 2, kCheckBarriers = 4, kCheckMemory = 8, kCheckValues = 16 };

// Those that the environment asks for; read once.
u32 enabled_checks();

class LineTable;

// What a report says about the place of a workgroup.
struct Origin {
  const char* kernel = "code on its own";
  u32 block[3] = {};           // the workgroup's number
  u32 threads[3] = {0, 1, 1};  // of a workgroup; 0: as many as the wave has lanes
  const LineTable* lines = nullptr;
  u64 code_begin = 0;  // where the program's first byte lies in the numbering of `lines`
};

// A check of vector memory accesses. They announce themselves at load, as records do.
struct TouchCheck {
  Check check;
  void (*run)(Wave& wave, const Instruction& instruction, const Touch& touch);
  TouchCheck* next = nullptr;
  TouchCheck(Check check, void (*run)(Wave&, const Instruction&, const Touch&));
};

const TouchCheck* all_touch_checks();

// `saxpy.cu:12`, or `code+0x40` where the lines are not known.
void describe_line(const Wave& wave, const Instruction& at, char* text, size_t bytes);
// Whether two instructions are known to be of the same line.
bool same_line(const Wave& wave, const Instruction& a, const Instruction& b);

inline u32 first_lane(const Wave& wave) {
  const u64 lanes = wave.exec() & wave.all_lanes();
  return lanes != 0 ? static_cast<u32>(__builtin_ctzll(lanes)) : 0;
}

// Prints a finding unless the same was found before at this instruction:
// `crosswarp emu: kernel saxpy, block (3,0,0), thread (17,0,0), saxpy.cu:12: <text> (global_load_b32)`.
[[gnu::format(printf, 5, 6)]] void report(const Wave& wave, Check check, const Instruction& at, u32 lane, const char* format, ...);

}  // namespace cw::amd
