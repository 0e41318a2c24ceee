// Moves whose registers are counted from M0.
#include "emulator/machine/lane_operands.hpp"
#include "emulator/machine/memory.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

struct Shift {
  u32 source, destination;
};

template <unsigned W>
const Instruction* move_shifted(Wave& w, const Instruction& i, Shift by, bool swaps) {
  const u64 source = u64{i.source[0].index} + by.source, destination = u64{i.destination.index} + by.destination;
  if ((i.source[0].kind == Kind::kVgpr && source >= w.vgprs) || destination >= w.vgprs)
    return stop(w, i, "a register counted from M0 that the wave does not have");
  if (!i.plain) return stop(w, i, "a move counted from M0 with DPP or SDWA");
  u32* to = w.lane_values(static_cast<u32>(destination));
  if (i.source[0].kind != Kind::kVgpr) {
    const u32 value = static_cast<u32>(scalar_value(w, i.source[0], false));
    each_of(w.exec() & w.all_lanes(), [&](u32 l) { to[l] = value; });
    return after(i);
  }
  u32* from = w.lane_values(static_cast<u32>(source));
  each_of(w.exec() & w.all_lanes(), [&](u32 l) {
    const u32 old = to[l];
    to[l] = from[l];
    if (swaps) from[l] = old;
  });
  return after(i);
}

// Source and destination have their own ten bits of M0.
Shift both_shifts(const Wave& w) { return {w.sgpr[kM0] & 0x3ff, w.sgpr[kM0] >> 16 & 0x3ff}; }

RECORD(v_movrels_b32) { return move_shifted<W>(w, i, {w.sgpr[kM0], 0}, false); }
RECORD(v_movreld_b32) { return move_shifted<W>(w, i, {0, w.sgpr[kM0]}, false); }
RECORD(v_movrelsd_b32) { return move_shifted<W>(w, i, {w.sgpr[kM0], w.sgpr[kM0]}, false); }
RECORD(v_movrelsd_2_b32) { return move_shifted<W>(w, i, both_shifts(w), false); }
RECORD(v_swaprel_b32) { return move_shifted<W>(w, i, both_shifts(w), true); }

}  // namespace
}  // namespace cw::amd
