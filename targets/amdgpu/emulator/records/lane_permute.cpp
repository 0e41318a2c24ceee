// Vector instructions that move values between lanes.
#include "emulator/machine/lane_operands.hpp"
#include "emulator/machine/memory.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

// What becomes of lanes that read one that is switched off: op_sel[0] reads it all the same, op_sel[1] gives 0, else they are kept.
template <unsigned W, typename From>
void permute(Wave& w, const Instruction& i, From from) {
  const u64 active = w.exec() & w.all_lanes();
  const bool from_inactive = (i.op_sel & 1) != 0, zero = (i.op_sel & 2) != 0;
  u32 data[W];
  __builtin_memcpy(data, w.lane_values(i.source[0].index), sizeof data);
  u32* to = w.lane_values(i.destination.index);
  each_of(active, [&](u32 l) {
    const u32 source = from(l);
    if (from_inactive || (active >> source & 1) != 0)
      to[l] = data[source];
    else if (zero)
      to[l] = 0;
  });
}

// Four bits of lane number for each of the 16 lanes of a row.
u64 selectors(const Wave& w, const Instruction& i) {
  return static_cast<u32>(scalar_value(w, i.source[1], false)) | scalar_value(w, i.source[2], false) << 32;
}

u32 in_row(u64 selected, u32 l) { return static_cast<u32>(selected >> (4 * (l & 15)) & 15); }

RECORD(v_permlane16_b32) {
  const u64 selected = selectors(w, i);
  permute<W>(w, i, [&](u32 l) { return (l & ~15u) | in_row(selected, l); });
  return after(i);
}

// From the other row of a pair.
RECORD(v_permlanex16_b32) {
  const u64 selected = selectors(w, i);
  permute<W>(w, i, [&](u32 l) { return ((l & ~15u) ^ 16) | in_row(selected, l); });
  return after(i);
}

template <unsigned W>
void copy_lanes(Wave& w, const Operand& o, u32 (&to)[W]) {
  __builtin_memcpy(to, w.lane_values(o.index), sizeof to);
}

RECORD(v_permlane16_var_b32) {
  u32 selected[W];
  copy_lanes(w, i.source[1], selected);
  permute<W>(w, i, [&](u32 l) { return (l & ~15u) | (selected[l] & 15); });
  return after(i);
}

RECORD(v_permlanex16_var_b32) {
  u32 selected[W];
  copy_lanes(w, i.source[1], selected);
  permute<W>(w, i, [&](u32 l) { return ((l & ~15u) ^ 16) | (selected[l] & 15); });
  return after(i);
}

// The halves of a wave of 64; nothing in a wave of 32. Lanes that are switched off are read.
RECORD(v_permlane64_b32) {
  if constexpr (W == 64) {
    u32 data[W];
    copy_lanes(w, i.source[0], data);
    u32* to = w.lane_values(i.destination.index);
    each_of(w.exec(), [&](u32 l) { to[l] = data[l ^ 32]; });
  }
  return after(i);
}

}  // namespace
}  // namespace cw::amd
