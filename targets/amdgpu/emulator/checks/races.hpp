// Two waves touch the same byte of LDS, one of them writes, and nothing orders them.
#pragma once

#include "core/hash_map.hpp"
#include "core/vector.hpp"
#include "emulator/checks/clocks.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

// Barriers order accesses. So do atomics on the same address, whatever their memory order: code may build locks and flags of them.
// Atomics never race with each other. The lanes of a wave run in step and do not race.
class RaceCheck {
 public:
  RaceCheck(Clocks& clocks, u32 lds_bytes) : clocks_(clocks), bytes_(lds_bytes) {}
  RaceCheck(const RaceCheck&) = delete;
  RaceCheck& operator=(const RaceCheck&) = delete;
  ~RaceCheck();
  void touch(const Wave& wave, const Instruction& instruction, const Touch& touch);

 private:
  struct Byte {
    u32 written;  // step of the writer; 0: never
    u16 writer;
    bool atomically;
    const Instruction* write;
    const Instruction* read;  // the last one
  };
  void reserve();
  void synchronize(const Wave& wave, const Touch& touch, u32 lane);
  void read_byte(const Wave& wave, const Instruction& instruction, u32 lane, u64 at);
  void write_byte(const Wave& wave, const Instruction& instruction, u32 lane, u64 at, bool atomically);
  void found(const Wave& wave, const Instruction& instruction, u32 lane, u64 at, const char* what, u32 other,
             const Instruction* there);

  Clocks& clocks_;
  u32 bytes_;
  Byte* byte_ = nullptr;    // pages of zeros until they are touched
  u32* reads_ = nullptr;    // [byte][wave]: step of the last read
  HashMap<u32> addresses_;  // of atomics, to their messages
  Vector<Vector<u32>> messages_;
};

}  // namespace cw::amd
