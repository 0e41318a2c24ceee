// DS instructions that move values between lanes without touching LDS.
#include "emulator/machine/memory.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

u32 reversed5(u32 value) {
  u32 result = 0;
  for (u32 bit = 0; bit < 5; ++bit) result |= (value >> bit & 1) << (4 - bit);
  return result;
}

// The lane that lane `l` reads, among 32: modes of the swizzle's 16 bits.
u32 swizzle_source(u32 control, u32 l) {
  const u32 mask = control & 31;
  if (control >= 0xe000) return reversed5(l) >> __builtin_popcount(mask) | (l & mask);  // FFT
  if (control >= 0xc000) {                                                              // rotate
    const u32 amount = control >> 5 & 31;
    const u32 moved = (control & 0x400) != 0 ? l - amount : l + amount;
    return (l & mask) | (moved & ~mask & 31);
  }
  if (control >= 0x8000) return (l & ~3u) | (control >> (2 * (l & 3)) & 3);  // within four lanes
  return (((l & mask) | (control >> 5 & 31)) ^ (control >> 10 & 31)) & 31;
}

// Lane `l` reads lane `from[l]`; 0 where that one is switched off.
template <unsigned W>
void gather(Wave& w, const Instruction& i, const u32* data, bool from_inactive, const u32 (&from)[W]) {
  const u64 active = w.exec() & w.all_lanes();
  u32 moved[W];
  CW_EACH_LANE
  for (u32 l = 0; l < W; ++l) moved[l] = data[from[l]];
  if (!from_inactive && active != w.all_lanes()) {
    for (u32 l = 0; l < W; ++l) moved[l] = (active >> from[l] & 1) != 0 ? moved[l] : 0;
  }
  u32* to = w.lane_values(i.destination.index);
  if (active == w.all_lanes()) {
    __builtin_memcpy(to, moved, sizeof moved);
    return;
  }
  each_of(active, [&](u32 l) { to[l] = moved[l]; });
}

RECORD(ds_swizzle_b32) {
  const u32 control = static_cast<u32>(i.offset) & 0xffff;
  u32 from[W];
  for (u32 l = 0; l < W; ++l) from[l] = (l & 32) | swizzle_source(control, l & 31);
  gather<W>(w, i, w.lane_values(i.source[0].index), false, from);
  return after(i);
}

// gfx10 and gfx11 permute each half of a wave of 64 on its own.
template <unsigned W>
u32 reach(const Wave& w) {
  const Isa isa = w.program->arch().isa;
  return isa == Isa::kGfx10 || isa == Isa::kGfx11 ? 32 : W;
}

template <unsigned W>
void permute_backward(Wave& w, const Instruction& i, bool from_inactive) {
  const u32* address = w.lane_values(i.source[0].index);
  const u32 lanes = reach<W>(w), offset = static_cast<u32>(i.offset);
  u32 from[W];
  for (u32 l = 0; l < W; ++l) from[l] = (l & ~(lanes - 1)) | ((address[l] + offset) / 4 & (lanes - 1));
  gather<W>(w, i, w.lane_values(i.source[1].index), from_inactive, from);
}

RECORD(ds_bpermute_b32) {
  permute_backward<W>(w, i, false);
  return after(i);
}
RECORD(ds_bpermute_fi_b32) {
  permute_backward<W>(w, i, true);
  return after(i);
}

// Lanes push their value; of several to one lane the highest wins, and a lane that none reaches gets 0.
RECORD(ds_permute_b32) {
  const u32* address = w.lane_values(i.source[0].index);
  const u32* data = w.lane_values(i.source[1].index);
  const u32 lanes = reach<W>(w);
  const u64 active = w.exec() & w.all_lanes();
  u32 moved[W] = {};
  each_of(active,
          [&](u32 l) { moved[(l & ~(lanes - 1)) | ((address[l] + static_cast<u32>(i.offset)) / 4 & (lanes - 1))] = data[l]; });
  u32* to = w.lane_values(i.destination.index);
  each_of(active, [&](u32 l) { to[l] = moved[l]; });
  return after(i);
}

}  // namespace
}  // namespace cw::amd
