// DS instructions that address LDS by M0 or by the lane's number, counters of the wave, and conditional exchange.
#include "emulator/records/memory_atomics.hpp"
#include "emulator/records/memory_transfer.hpp"

namespace cw::amd {
namespace {

// Byte offset M0 + the instruction's offset + 4 * lane.
template <unsigned W>
void offsets_by_lane(const Wave& w, const Instruction& i, Lanes<W>& lanes) {
  const u32 base = (w.sgpr[kM0] & 0xffff) + static_cast<u32>(i.offset);
  lanes.active = w.exec() & w.all_lanes();
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base + 4 * l;
}

RECORD(ds_load_addtid_b32) {
  Lanes<W> lanes;
  offsets_by_lane(w, i, lanes);
  if (!find_shared(w, i, LoadWords<1>::kRequest, lanes)) return nullptr;
  LoadWords<1>::load(lanes, w.lane_values(i.destination.index));
  return after(i);
}

RECORD(ds_store_addtid_b32) {
  Lanes<W> lanes;
  offsets_by_lane(w, i, lanes);
  if (!find_shared(w, i, StoreWords<1>::kRequest, lanes)) return nullptr;
  // The encoding has no address: its register field is the data.
  StoreWords<1>::run(w, i, lanes, w.lane_values(i.source[1].index));
  return after(i);
}

ALIAS(ds_read_addtid_b32, ds_load_addtid_b32);
ALIAS(ds_write_addtid_b32, ds_store_addtid_b32);

// A counter at M0 moves by the number of active lanes; all of them get its old value.
template <unsigned W>
const Instruction* count_lanes(Wave& w, const Instruction& i, bool up) {
  Lanes<W> lanes;
  const u64 active = w.exec() & w.all_lanes();
  if (active == 0) return after(i);
  const u32 first = static_cast<u32>(__builtin_ctzll(active));
  lanes.active = u64{1} << first;
  for (u32 l = 0; l < W; ++l) lanes.at[l] = (w.sgpr[kM0] & 0xffff) + static_cast<u32>(i.offset);
  if (!find_shared(w, i, {4, Access::kAtomic}, lanes)) return nullptr;
  if (!atomics_can_be<u32>(w, i, lanes)) return nullptr;
  const u32 change = static_cast<u32>(__builtin_popcountll(active));
  u32 old = 0;
  if (lanes.absent == 0) old = change_at<u32>(Space::kShared, lanes.at[first], [&](u32 v) { return up ? v + change : v - change; });
  u32* to = w.lane_values(i.destination.index);
  each_of(active, [&](u32 l) { to[l] = old; });
  return after(i);
}

RECORD(ds_append) { return count_lanes<W>(w, i, true); }
RECORD(ds_consume) { return count_lanes<W>(w, i, false); }

// Each dword whose data has its top bit set is replaced by the other 31 bits.
u64 exchanged_where_marked(u64 old, u64 data) {
  constexpr u64 kLow = 0xffffffff;
  const u64 low = (data >> 31 & 1) != 0 ? data & 0x7fffffff : old & kLow;
  const u64 high = (data >> 63) != 0 ? data & (u64{0x7fffffff} << 32) : old & ~kLow;
  return high | low;
}
SHARED(ds_condxchg32_rtn_b64, Atomic<u64, &exchanged_where_marked, Second::kNone, true>);

RECORD(ds_nop) { return after(i); }

}  // namespace
}  // namespace cw::amd
