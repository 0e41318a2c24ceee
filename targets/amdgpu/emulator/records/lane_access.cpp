// Single lanes: values between vector and scalar registers. EXEC does not matter to them.
#include "emulator/machine/memory.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

template <unsigned W>
u32 value_of_lane(Wave& w, const Operand& o, u32 lane) {
  return o.kind == Kind::kVgpr ? w.lane_values(o.index)[lane % W] : static_cast<u32>(scalar_value(w, o, false));
}

RECORD(v_readlane_b32) {
  const u32 lane = static_cast<u32>(scalar_value(w, i.source[1], false));
  write_scalar(w, i.destination, value_of_lane<W>(w, i.source[0], lane));
  return after(i);
}

// The lowest active lane; lane 0 where there is none.
RECORD(v_readfirstlane_b32) {
  const u64 active = w.exec() & w.all_lanes();
  const u32 lane = active != 0 ? static_cast<u32>(__builtin_ctzll(active)) : 0;
  write_scalar(w, i.destination, value_of_lane<W>(w, i.source[0], lane));
  return after(i);
}

RECORD(v_writelane_b32) {
  const u32 lane = static_cast<u32>(scalar_value(w, i.source[1], false));
  w.lane_values(i.destination.index)[lane % W] = static_cast<u32>(scalar_value(w, i.source[0], false));
  return after(i);
}

// Accumulation registers are vector registers from 256 on.
VALU(v_accvgpr_read_b32, u32, (u32 a)) { return a; }
VALU(v_accvgpr_write_b32, u32, (u32 a)) { return a; }
VALU(v_accvgpr_mov_b32, u32, (u32 a)) { return a; }

ALIAS(v_accvgpr_read, v_accvgpr_read_b32);
ALIAS(v_accvgpr_write, v_accvgpr_write_b32);

}  // namespace
}  // namespace cw::amd
