#include "emulator/machine/exchange.hpp"

namespace cw::amd {
namespace {

bool is_active(const Wave& w, int lane) { return lane >= 0 && (w.exec() >> lane & 1) != 0; }

}  // namespace

int dpp16_source(u32 control, unsigned l, unsigned lanes, bool rdna) {
  const unsigned row = l & ~15u, in_row = l & 15;
  const int amount = static_cast<int>(control & 15);
  const int at = static_cast<int>(in_row);
  const auto within = [&](int lane) { return lane >= 0 && lane < 16 ? static_cast<int>(row) + lane : -1; };
  if (control < 0x100) return static_cast<int>((l & ~3u) | (control >> (2 * (l & 3)) & 3));          // quad_perm
  if (control > 0x100 && control < 0x110) return within(at + amount);                                // row_shl
  if (control > 0x110 && control < 0x120) return within(at - amount);                                // row_shr
  if (control > 0x120 && control < 0x130) return static_cast<int>(row | ((in_row - control) & 15));  // row_ror
  if (control == 0x140) return static_cast<int>(row | (15 - in_row));                                // row_mirror
  if (control == 0x141) return static_cast<int>(l ^ 7);                                              // row_half_mirror
  if (rdna && control >= 0x150 && control < 0x160) return static_cast<int>(row | (control & 15));    // row_share
  if (!rdna && control >= 0x150 && control < 0x160) return static_cast<int>(row | (control & 15));   // row_newbcast (gfx90a)
  if (rdna && control >= 0x160 && control < 0x170) return static_cast<int>(row | (in_row ^ (control & 15)));  // row_xmask
  const int lane = static_cast<int>(l), count = static_cast<int>(lanes);
  switch (control) {  // across rows: gfx9 only
    case 0x130:
      return lane + 1 < count ? lane + 1 : -1;  // wave_shl:1
    case 0x134:
      return (lane + 1) % count;  // wave_rol:1
    case 0x138:
      return lane - 1;  // wave_shr:1
    case 0x13c:
      return (lane + count - 1) % count;  // wave_ror:1
    case 0x142:
      return l < 16 ? -1 : static_cast<int>(row) - 1;  // row_bcast:15
    case 0x143:
      return l < 32 ? -1 : static_cast<int>(l & ~31u) - 1;  // row_bcast:31
    default:
      return -1;
  }
}

u64 dpp_writes(const Wave& w, const Instruction& i) {
  u64 lanes = 0;
  const bool rdna = w.program->arch().is_rdna();
  for (unsigned l = 0; l < w.lanes; ++l) {
    if ((i.row_mask >> (l / 16 % 4) & 1) == 0 || (i.bank_mask >> (l / 4 % 4) & 1) == 0) continue;
    const int from = dpp16_source(i.lanes, l, w.lanes, rdna);
    // A lane outside of its row, or one that is switched off, gives 0 with bound control, else nothing is written. With
    // fetch_inactive the registers of lanes that are off are read as they are.
    const bool valid = from >= 0 && (i.fetch_inactive || is_active(w, from));
    if (valid || i.bound_control) lanes |= u64{1} << l;
  }
  return lanes;
}

void exchange_lanes(const Wave& w, const Instruction& i, const u32* in, u32* out) {
  const bool rdna = w.program->arch().is_rdna();
  for (unsigned l = 0; l < w.lanes; ++l) {
    const int from = i.exchange == Exchange::kDpp8 ? static_cast<int>((l & ~7u) | (i.lanes >> (3 * (l & 7)) & 7))
                                                   : dpp16_source(i.lanes, l, w.lanes, rdna);
    out[l] = from >= 0 && (i.fetch_inactive || is_active(w, from)) ? in[from] : 0;
  }
}

}  // namespace cw::amd
