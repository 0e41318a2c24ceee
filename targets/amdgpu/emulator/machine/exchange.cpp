#include "emulator/machine/exchange.hpp"

#include <string.h>

#include "core/sync.hpp"

namespace cw::amd {

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

namespace {

// Where each lane reads, worked out once for each control.
struct Sources {
  alignas(64) u32 from[64];  // a lane that there is, even where `kept` is 0
  alignas(64) u32 kept[64];  // all ones, or 0 for a lane that reads no other
  u64 present;               // a bit for each lane that reads another
  bool ready;
};

void fill(Sources& out, u32 control, unsigned lanes, bool rdna) {
  out = Sources{};
  for (unsigned l = 0; l < lanes; ++l) {
    const int from = dpp16_source(control, l, lanes, rdna);
    if (from < 0) continue;
    out.from[l] = static_cast<u32>(from);
    out.kept[l] = ~0u;
    out.present |= u64{1} << l;
  }
}

const Sources& sources_of(u32 control, unsigned lanes, bool rdna) {
  static Sources table[2][2][512];
  static constinit Mutex mutex;
  Sources& entry = table[rdna][lanes == 64][control & 511];
  if (__atomic_load_n(&entry.ready, __ATOMIC_ACQUIRE)) [[likely]]
    return entry;
  Sources filled;
  fill(filled, control, lanes, rdna);
  Lock lock(mutex);
  if (entry.ready) return entry;
  memcpy(&entry, &filled, sizeof entry);
  __atomic_store_n(&entry.ready, true, __ATOMIC_RELEASE);
  return entry;
}

// Lanes whose source may be read: those that are switched on, or all with fetch_inactive.
u64 readable(const Wave& w, const Instruction& i) { return i.fetch_inactive ? ~u64{0} : w.exec(); }

// A bit for each lane whose source is in `mask`.
u64 gathered(const Sources& sources, u64 mask, unsigned lanes) {
  u64 found = 0;
  for (unsigned l = 0; l < lanes; ++l) found |= (mask >> sources.from[l] & 1) << l;
  return found & sources.present;
}

// Lanes that read another one's value.
u64 valid_lanes(const Wave& w, const Instruction& i, const Sources& sources) {
  const u64 lanes = readable(w, i) & w.all_lanes();
  return lanes == w.all_lanes() ? sources.present : gathered(sources, lanes, w.lanes);
}

// Lanes in rows and banks that are not masked.
u64 unmasked(const Instruction& i) {
  u64 row = 0, all = 0;
  for (unsigned bank = 0; bank < 4; ++bank) row |= u64{(i.bank_mask >> bank & 1) * 0xfu} << (4 * bank);
  for (unsigned n = 0; n < 4; ++n) all |= (i.row_mask >> n & 1) * row << (16 * n);
  return all;
}

void exchange_by_eights(const Wave& w, const Instruction& i, const u32* in, u32* out) {
  const u64 lanes = readable(w, i);
  for (unsigned l = 0; l < w.lanes; ++l) {
    const unsigned from = (l & ~7u) | (i.lanes >> (3 * (l & 7)) & 7);
    out[l] = (lanes >> from & 1) != 0 ? in[from] : 0;
  }
}

}  // namespace

// A lane outside of its row, or one that is switched off, gives 0 with bound control, else nothing is written.
u64 dpp_writes(const Wave& w, const Instruction& i) {
  const u64 valid = i.bound_control ? w.all_lanes() : valid_lanes(w, i, sources_of(i.lanes, w.lanes, w.program->arch().is_rdna()));
  return valid & unmasked(i);
}

void exchange_lanes(const Wave& w, const Instruction& i, const u32* in, u32* out) {
  if (i.exchange == Exchange::kDpp8) return exchange_by_eights(w, i, in, out);
  const Sources& sources = sources_of(i.lanes, w.lanes, w.program->arch().is_rdna());
  const u64 valid = valid_lanes(w, i, sources);
  for (unsigned l = 0; l < w.lanes; ++l) out[l] = in[sources.from[l]] & sources.kept[l];
  if (valid == sources.present) return;
  for (unsigned l = 0; l < w.lanes; ++l) out[l] = (valid >> l & 1) != 0 ? out[l] : 0;
}

}  // namespace cw::amd
