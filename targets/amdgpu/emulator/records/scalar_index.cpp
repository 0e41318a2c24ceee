// Scalar registers counted from M0.
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

constexpr const char* kNoRegister = "a scalar register counted from M0 that is none";

// Two numbers at once: M0 holds the source's in bits 0 to 9, the destination's in bits 16 to 25.
u32 first_index(const Wave& w) { return w.sgpr[kM0] & 0x3ff; }
u32 second_index(const Wave& w) { return w.sgpr[kM0] >> 16 & 0x3ff; }

// Scalar registers that programs may name by number: s0 to s105.
template <typename T>
bool has_scalar(u32 index) {
  return index + sizeof(T) / 4 <= kVccLo;
}
template <typename T>
const Instruction* move_scalar(Wave& w, const Instruction& i, u32 from_index, u32 to_index) {
  Operand from = i.source[0], to = i.destination;
  const u64 from_at = u64{from.index} + from_index, to_at = u64{to.index} + to_index;
  if (from_index != 0 && (from_at > kVccLo || !has_scalar<T>(static_cast<u32>(from_at)))) return stop(w, i, kNoRegister);
  if (to_index != 0 && (to_at > kVccLo || !has_scalar<T>(static_cast<u32>(to_at)))) return stop(w, i, kNoRegister);
  from.index = static_cast<u16>(from_at);
  to.index = static_cast<u16>(to_at);
  write_scalar(w, to, scalar_operand<T>(w, from));
  return after(i);
}
RECORD(s_movrels_b32) { return move_scalar<u32>(w, i, w.sgpr[kM0], 0); }
RECORD(s_movrels_b64, Type::kB64) { return move_scalar<u64>(w, i, w.sgpr[kM0], 0); }
RECORD(s_movreld_b32) { return move_scalar<u32>(w, i, 0, w.sgpr[kM0]); }
RECORD(s_movreld_b64, Type::kB64) { return move_scalar<u64>(w, i, 0, w.sgpr[kM0]); }
RECORD(s_movrelsd_2_b32) { return move_scalar<u32>(w, i, first_index(w), second_index(w)); }

}  // namespace
}  // namespace cw::amd
