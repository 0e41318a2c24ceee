// The state of one wave: registers, modes, and where it stands.
#pragma once

#include "emulator/machine/instruction.hpp"
#include "emulator/machine/program.hpp"

namespace cw::amd {

struct Workgroup;
class GroupCheck;

enum class State : u8 { kRunning, kBarrier, kYielded, kEnded, kFaulted };

// Apertures of flat addresses: never addresses of this process, whose user addresses have 47 bits.
constexpr u64 kSharedAperture = u64{0x00010000} << 32;
constexpr u64 kPrivateAperture = u64{0x00020000} << 32;

enum class Access : u8 { kLoad, kStore, kAtomic };
enum class Space : u8 { kGlobal, kShared, kScratch };

// An access of one vector memory instruction, before it takes place.
struct Touch {
  Space space;
  Access access;
  u32 bytes;      // of each lane
  const u64* at;  // by lane: addresses in this process; offsets in the workgroup's LDS; offsets in each lane's scratch
  u64 active;     // lanes that read or write
  u64 absent;     // lanes switched on whose bytes do not exist
};

constexpr u32 kModeDefault = 0x3f0;  // all denormals, round to nearest even, IEEE and DX10_CLAMP on

struct Wave {
  u32* vgpr = nullptr;   // [registers][lanes]
  u32 vgprs = 0;         // registers there are: vector, or vector and accumulation
  u32 acc_offset = 256;  // register number 256 of an operand is this one: 256 where the files are apart, less on gfx90a and gfx942
  alignas(8) u32 sgpr[kScalarRegisters] = {};
  bool scc = false;
  u32 mode = kModeDefault;
  u8 special = 0;  // machine/special.hpp
  u32 lanes = 32;
  u32 number = 0;  // in its workgroup

  const Program* program = nullptr;
  const Instruction* next = nullptr;  // where it goes on
  State state = State::kRunning;
  u32 budget = 0;    // backward branches until the wave yields
  u64 executed = 0;  // instructions

  Workgroup* group = nullptr;  // null: a wave on its own, for which barriers are no obstacle
  u64 barrier = 0;             // phase of the barrier that it has signalled
  bool asleep = false;         // it yielded by s_sleep: it has nothing better to do than to wait
  u8* lds = nullptr;
  u32 lds_bytes = 0;
  // Scratch as the hardware lays it out: byte `o` of lane `l` is at (o / 4) * 4 * lanes + 4 * l + o % 4.
  u8* scratch = nullptr;
  u32 scratch_bytes = 0;  // per lane

  // Called with every access of vector memory instructions where set: checks and statistics. False: the wave has been stopped.
  bool (*observe)(Wave& wave, const Instruction& instruction, const Touch& touch) = nullptr;
  void* observer = nullptr;     // the observer's own
  GroupCheck* check = nullptr;  // follows this wave (machine/checks.hpp)

  const Instruction* current = nullptr;  // what runs: for faults of memory, which come as signals
  const char* fault = nullptr;           // what stopped it, for State::kFaulted
  const Instruction* fault_at = nullptr;
  u64 fault_address = 0;
  bool fault_in_memory = false;  // it touched memory that is not there, at fault_address
  i32 fault_lane = -1;           // the lane it was, where it was one of them

  u64 exec() const { return wide(kExecLo); }
  u64 wide(u32 index) const { return sgpr[index] | u64{sgpr[index + 1]} << 32; }
  void set_wide(u32 index, u64 value) {
    sgpr[index] = static_cast<u32>(value);
    sgpr[index + 1] = static_cast<u32>(value >> 32);
  }
  // A lane mask has as many bits as the wave has lanes.
  u64 mask(u32 index) const { return lanes == 64 ? wide(index) : sgpr[index]; }
  void set_mask(u32 index, u64 value) {
    if (index == kNull) return;
    sgpr[index] = static_cast<u32>(value);
    if (lanes == 64) sgpr[index + 1] = static_cast<u32>(value >> 32);
  }
  u64 all_lanes() const { return lanes == 64 ? ~u64{0} : 0xffffffffu; }
  u32* lane_values(u32 index) { return vgpr + u64{index} * lanes; }

  bool flushes_f32() const { return (mode >> 4 & 3) != 3; }
  bool flushes_f64() const { return (mode >> 6 & 3) != 3; }  // and f16
};

// Stops the wave: an instruction that is not known, or one that cannot go on. Returns null, as handlers do.
const Instruction* stop(Wave& wave, const Instruction& at, const char* why, u64 address = 0);
// The instruction that runs has touched memory that is not there.
void stop_at_memory(Wave& wave, u64 address);

inline const Instruction* after(const Instruction& instruction) { return &instruction + instruction.dwords; }

// Runs until the wave stops.
void run(Wave& wave);

}  // namespace cw::amd
