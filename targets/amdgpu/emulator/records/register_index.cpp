// gfx9's mode in which vector registers are counted from M0: between s_set_gpr_idx_on and s_set_gpr_idx_off.
//
// No other instruction knows of the mode: s_set_gpr_idx_on runs those that follow it, on copies with shifted registers.
#include "emulator/machine/lane_operands.hpp"
#include "emulator/machine/record.hpp"
#include "emulator/machine/special.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

constexpr u32 kEnabled = 1u << 27;  // of the mode register

bool is_vector(Format format) {
  switch (format) {
    case Format::kVop1:
    case Format::kVop2:
    case Format::kVop3:
    case Format::kVop3sd:
    case Format::kVop3p:
    case Format::kVopc:
      return true;
    default:
      return false;
  }
}

// M0: the shift in bits 7:0; bits 12 to 14 say which sources are shifted, bit 15 the destination.
bool shift(const Wave& w, Operand& o, u32 bit) {
  if (o.kind != Kind::kVgpr || (w.sgpr[kM0] >> bit & 1) == 0) return true;
  o.index = static_cast<u16>(o.index + (w.sgpr[kM0] & 0xff));
  return o.index < w.vgprs;
}

// Runs one instruction; the next one, or null where the wave stops.
const Instruction* run_shifted(Wave& w, const Instruction& i) {
  if (!is_vector(i.format)) return step(w, i, i.run);
  Instruction copy = i;
  const bool exist = shift(w, copy.source[0], 12) && shift(w, copy.source[1], 13) && shift(w, copy.source[2], 14) &&
                     shift(w, copy.destination, 15);
  if (!exist) return stop(w, i, "a register counted from M0 that the wave does not have");
  if (step(w, copy, copy.run) == nullptr) {
    w.fault_at = &i;
    return nullptr;
  }
  return after(i);
}

RECORD(s_set_gpr_idx_on) {
  const u32 index = static_cast<u32>(scalar_value(w, i.source[0], false)) & 0xff;
  const u32 which = static_cast<u32>(i.immediate) & 15;
  w.sgpr[kM0] = (w.sgpr[kM0] & ~0xf0ffu) | index | which << 12;
  w.mode |= kEnabled;
  const Instruction* next = after(i);
  while (next != nullptr && (w.mode & kEnabled) != 0) {
    if (__atomic_load_n(&next->run, __ATOMIC_ACQUIRE) == nullptr) w.program->decode(*next);
    w.current = next;
    ++w.executed;
    const Instruction& now = *next;
    next = run_shifted(w, now);
    if (next == nullptr && w.state != State::kFaulted) return stop(w, now, "a wave that waits while registers are counted from M0");
  }
  return next;
}

RECORD(s_set_gpr_idx_off) {
  w.mode &= ~kEnabled;
  return after(i);
}

RECORD(s_set_gpr_idx_idx) {
  w.sgpr[kM0] = (w.sgpr[kM0] & ~0xffu) | (static_cast<u32>(scalar_value(w, i.source[0], false)) & 0xff);
  return after(i);
}

RECORD(s_set_gpr_idx_mode) {
  w.sgpr[kM0] = (w.sgpr[kM0] & ~0xf000u) | (static_cast<u32>(i.immediate) & 15) << 12;
  return after(i);
}

}  // namespace
}  // namespace cw::amd
