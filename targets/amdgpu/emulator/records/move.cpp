// Moves and selections.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

RECORD(v_nop) { return after(i); }
ALIAS(v_pipeflush, v_nop);
ALIAS(v_clrexcp, v_nop);  // no exceptions are recorded

VALU(v_mov_b16, u16, (u16 a)) { return a; }

u32 moved(u32 a) { return a; }
// The most frequent instruction of all, mostly by all lanes.
RECORD(v_mov_b32) {
  const bool whole = (w.exec() & w.all_lanes()) == w.all_lanes();
  if (!i.plain || !whole) return VectorAlu<&moved>::run<W>(w, i);
  u32* to = w.lane_values(i.destination.index);
  if (i.source[0].kind == Kind::kVgpr) {
    __builtin_memmove(to, w.lane_values(i.source[0].index), 4 * W);
  } else {
    const u32 value = static_cast<u32>(scalar_value(w, i.source[0], false));
    for (unsigned l = 0; l < W; ++l) to[l] = value;
  }
  return after(i);
}
VALU(v_mov_b64, u64, (u64 a)) { return a; }

// A register of each operand, chosen by op_sel.
RECORD(v_pk_mov_b32, Type::kB64, Type::kB64) {
  const PlainSource<u64, W> a(w, i.source[0]), b(w, i.source[1]);
  u32* out = w.lane_values(i.destination.index);
  for (unsigned l = 0; l < W; ++l) {
    const u32 first = static_cast<u32>(a.get(l) >> (i.op_sel & 1 ? 32 : 0)),
              second = static_cast<u32>(b.get(l) >> (i.op_sel & 2 ? 32 : 0));
    if ((w.exec() >> l & 1) == 0) continue;
    out[l] = first;
    out[W + l] = second;
  }
  return after(i);
}

// Selections of floating-point numbers carry sign modifiers.
VALU(v_cndmask_b16, Raw<u16>, (Raw<u16> a, Raw<u16> b, bool c)) { return c ? b : a; }
VALU(v_cndmask_b32, Raw<u32>, (Raw<u32> a, Raw<u32> b, bool c)) { return c ? b : a; }

template <unsigned W, u32 Ones>
void swap_registers(const Wave& w, u32* a, u32* b, unsigned a_shift, unsigned b_shift) {
  for (unsigned l = 0; l < W; ++l) {
    if ((w.exec() >> l & 1) == 0) continue;
    const u32 from_a = a[l] >> a_shift & Ones, from_b = b[l] >> b_shift & Ones;
    a[l] = (a[l] & ~(Ones << a_shift)) | from_b << a_shift;
    b[l] = (b[l] & ~(Ones << b_shift)) | from_a << b_shift;
  }
}
RECORD(v_swap_b32) {
  swap_registers<W, 0xffffffffu>(w, w.lane_values(i.destination.index), w.lane_values(i.source[0].index), 0, 0);
  return after(i);
}
RECORD(v_swap_b16, Type::kB16) {
  swap_registers<W, 0xffffu>(w, w.lane_values(i.destination.index), w.lane_values(i.source[0].index), i.destination.high ? 16 : 0,
                             i.source[0].high ? 16 : 0);
  return after(i);
}

}  // namespace
}  // namespace cw::amd
