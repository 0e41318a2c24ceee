// Two waves touch the same byte of LDS, one of them writes, and nothing orders them.
#pragma once

#include "core/hash_map.hpp"
#include "core/vector.hpp"
#include "emulator/checks/clocks.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

// Barriers order accesses. So do atomics on the same address, whatever their memory order: code may build locks and flags of them.
// Atomics never race with each other. The lanes of a wave run in step and do not race.
//
// Machine code does not tell atomic loads from others. These are taken for atomic: a load of up to 8 bytes at one address for all
// lanes, where only atomics wrote (a flag or a counter); and a load that the same wave follows by an atomic at the same place (a
// compare-and-swap loop). A write that changes nothing, as when every wave writes the same 0, does no harm and is not reported.
class RaceCheck {
 public:
  RaceCheck(Clocks& clocks, u32 lds_bytes) : clocks_(clocks), bytes_(lds_bytes) { loads_.resize(clocks.waves()); }
  RaceCheck(const RaceCheck&) = delete;
  RaceCheck& operator=(const RaceCheck&) = delete;
  ~RaceCheck();
  void touch(const Wave& wave, const Instruction& instruction, const Touch& touch);
  // When an instruction has run.
  void after(const Wave& wave);
  // When the wave meets a barrier or ends: no atomic followed.
  void settle(const Wave& wave);

 private:
  struct Byte {
    u32 written;  // step of the writer; 0: never
    u16 writer;
    bool atomically;
    const Instruction* write;
    const Instruction* read;  // the last one
  };
  // A race unless something else turns up.
  struct Suspect {
    const Instruction* here;
    const Instruction* there;
    u64 at;
    u32 lane, other;
    u8 old;  // the byte before a write
    const char* what;
  };
  struct Access1 {
    const Wave& wave;
    const Instruction& instruction;
    u32 lane;
    bool flag;  // one address for all lanes
  };
  void reserve();
  void synchronize(const Wave& wave, const Touch& touch, u32 lane, bool tells);
  void read_byte(const Access1& access, u64 at);
  void write_byte(const Access1& access, u64 at, bool atomically);
  void forget_loads(u32 wave, u64 at);
  u32& read_at(u64 at, u32 wave) { return reads_[at * clocks_.waves() + wave]; }
  static void found(const Wave& wave, const Suspect& suspect);

  Clocks& clocks_;
  u32 bytes_;
  Byte* byte_ = nullptr;    // pages of zeros until they are touched
  u32* reads_ = nullptr;    // [byte][wave]: step of the last read; the highest bit: of a flag
  HashMap<u32> addresses_;  // of atomics, to their messages
  Vector<Vector<u32>> messages_;
  Vector<Vector<Suspect>> loads_;  // by wave
  Vector<Suspect> writes_;         // of the instruction that runs
};

}  // namespace cw::amd
