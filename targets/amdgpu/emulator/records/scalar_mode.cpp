// Hardware registers: reading them, and setting the modes of arithmetic. Numbers and fields: AMD's ISA documents, "Hardware
// registers" of S_GETREG.
#include "emulator/machine/clock.hpp"
#include "emulator/machine/scalar_alu.hpp"
#include "emulator/machine/special.hpp"

namespace cw::amd {
namespace {

enum HardwareRegister : u32 {
  kMode = 1,
  kStatus = 2,
  kHardwareId = 4,  // gfx9
  kInstructionBuffer = 7,
  kMemoryBases = 15,     // gfx9: upper halves of the apertures' upper words
  kFlatScratchLow = 20,  // gfx10; gfx942: the number of the die
  kFlatScratchHigh = 21,
  kHardwareId1 = 23,
  kHardwareId2 = 24,
  kScheduling = 26,  // gfx12: whether hardware waits for results by itself
  kShaderCycles = 29,
  kShaderCyclesHigh = 30,
};

// The part of a register that an instruction names.
struct Part {
  u32 number, offset, width;
  explicit Part(const Instruction& i)
      : number(static_cast<u32>(i.immediate) & 63),
        offset(static_cast<u32>(i.immediate) >> 6 & 31),
        width((static_cast<u32>(i.immediate) >> 11 & 31) + 1) {}
  u32 ones() const { return width == 32 ? ~0u : (1u << width) - 1; }
  u32 of(u32 value) const { return value >> offset & ones(); }
  u32 into(u32 old, u32 value) const { return (old & ~(ones() << offset)) | (value & ones()) << offset; }
};

u32 status(const Wave& w) {
  const u32 scc = w.scc, execz = w.mask(kExecLo) == 0, vccz = w.mask(kVccLo) == 0;
  return scc | execz << 9 | vccz << 10;
}

// Where every wave runs: compute unit 0 of the first shader engine.
constexpr u32 kPlace = 0;

bool read_common(const Wave& w, u32 number, u32* value) {
  switch (number) {
    case kMode:
      *value = w.mode;
      return true;
    case kInstructionBuffer:  // nothing is under way
      *value = 0;
      return true;
    case kShaderCycles:
      *value = static_cast<u32>(shader_cycles());
      return w.program->arch().is_rdna();
    default:
      return false;
  }
}

bool read_gfx9(const Wave& w, u32 number, u32* value) {
  const bool known = number == kStatus || number == kHardwareId || number == kMemoryBases ||
                     (number == kFlatScratchLow && w.program->arch().isa == Isa::kGfx942);
  *value = kPlace;
  if (number == kStatus) *value = status(w);
  if (number == kMemoryBases) *value = static_cast<u32>(kSharedAperture >> 48 << 16 | kPrivateAperture >> 48);
  return known;
}

bool read_rdna(const Wave& w, u32 number, u32* value) {
  const Isa isa = w.program->arch().isa;
  switch (number) {
    case kStatus:
      *value = status(w);
      return isa != Isa::kGfx12;
    case kFlatScratchLow:
      *value = w.sgpr[kFlatScratchLo];
      return true;
    case kFlatScratchHigh:
      *value = w.sgpr[kFlatScratchHi];
      return true;
    case kHardwareId1:
    case kHardwareId2:
      *value = kPlace;
      return true;
    case kShaderCyclesHigh:
      *value = static_cast<u32>(shader_cycles() >> 32);
      return isa == Isa::kGfx12;
    default:
      return false;
  }
}

RECORD(s_getreg_b32) {
  const Part part(i);
  u32 value = 0;
  const bool known = read_common(w, part.number, &value) ||
                     (w.program->arch().is_rdna() ? read_rdna(w, part.number, &value) : read_gfx9(w, part.number, &value));
  if (!known) return stop(w, i, "a hardware register that is not emulated");
  write_scalar(w, i.destination, part.of(value));
  return after(i);
}

// Bits of MODE that arithmetic here does not follow: traps, half precision that does not overflow to infinity, and on gfx9
// registers counted from M0, for which there are instructions of their own.
constexpr u32 kTraps = 0x1ff000, kIndexing = 1u << 27;

const char* refused(const Wave& w, u32 mode) {
  if ((mode & kTraps) != 0) return "a mode with floating-point traps";
  const bool indexes = !w.program->arch().is_rdna() && ((mode ^ w.mode) & kIndexing) != 0;
  return indexes ? "registers counted from M0 by s_setreg" : nullptr;
}

const Instruction* set_mode(Wave& w, const Instruction& i, u32 mode) {
  const char* why = refused(w, mode);
  if (why != nullptr) return stop(w, i, why);
  w.mode = mode;
  adopt_rounding(w);
  return after(i);
}

const Instruction* set_register(Wave& w, const Instruction& i, u32 value) {
  const Part part(i);
  if (part.number == kMode) return set_mode(w, i, part.into(w.mode, value));
  if (part.number == kScheduling && w.program->arch().isa == Isa::kGfx12) return after(i);
  const bool is_scratch_base = part.number == kFlatScratchLow || part.number == kFlatScratchHigh;
  if (!is_scratch_base || !w.program->arch().is_rdna()) return stop(w, i, "a hardware register that is not emulated");
  u32& base = w.sgpr[part.number == kFlatScratchLow ? kFlatScratchLo : kFlatScratchHi];
  base = part.into(base, value);
  return after(i);
}

RECORD(s_setreg_b32) { return set_register(w, i, scalar_operand<u32>(w, i.source[0])); }
RECORD(s_setreg_imm32_b32) { return set_register(w, i, scalar_operand<u32>(w, i.source[0])); }
RECORD(s_round_mode) { return set_mode(w, i, (w.mode & ~0xfu) | (static_cast<u32>(i.immediate) & 0xf)); }
RECORD(s_denorm_mode) { return set_mode(w, i, (w.mode & ~0xf0u) | (static_cast<u32>(i.immediate) & 0xf) << 4); }

}  // namespace
}  // namespace cw::amd
