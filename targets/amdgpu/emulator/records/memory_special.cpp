// Global memory addressed by the lane's number, and gfx12's blocks of up to 32 registers.
#include "emulator/records/memory_record.hpp"
#include "emulator/records/memory_transfer.hpp"

namespace cw::amd {
namespace {

// Scalar base + the instruction's offset + 4 * lane.
template <class Do, unsigned W>
const Instruction* by_lane(Wave& w, const Instruction& i) {
  Lanes<W> lanes;
  lanes.active = w.exec() & w.all_lanes();
  const u64 base = (i.has_saddr ? scalar_value(w, i.source[1], true) : 0) + static_cast<u64>(i64{i.offset});
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base + 4 * l;
  const bool went = find_global(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, w.lane_values(i.source[2].index));
  return went ? after(i) : nullptr;
}

RECORD(global_load_addtid_b32) { return by_lane<LoadWords<1>, W>(w, i); }
RECORD(global_store_addtid_b32) { return by_lane<StoreWords<1>, W>(w, i); }
ALIAS(global_load_dword_addtid, global_load_addtid_b32);
ALIAS(global_store_dword_addtid, global_store_addtid_b32);

// Dword `n` of a block and register `n` belong together; bits of M0 say which are moved.
struct LoadBlock {
  static constexpr Request kRequest{4, Access::kLoad};
  template <unsigned W>
  static void move(Wave& w, const Instruction& i, u32 n, const Lanes<W>& lanes) {
    LoadWords<1>::load(lanes, w.lane_values(i.destination.index + n));
  }
};

struct StoreBlock {
  static constexpr Request kRequest{4, Access::kStore};
  template <unsigned W>
  static void move(Wave& w, const Instruction& i, u32 n, const Lanes<W>& lanes) {
    StoreWords<1>::run(w, i, lanes, w.lane_values(i.source[2].index + n));
  }
};

template <class Do, unsigned W>
const Instruction* move_block(Wave& w, const Instruction& i, bool scratch) {
  Lanes<W> first;
  if (scratch)
    scratch_offsets(w, i, Do::kRequest, first);
  else
    full_addresses(w, i, Do::kRequest, first);
  for (u32 n = 0; n < 32; ++n) {
    if ((w.sgpr[kM0] >> n & 1) == 0) continue;
    Lanes<W> lanes = first;
    for (u32 l = 0; l < W; ++l) lanes.at[l] += 4 * n;
    const bool found = scratch ? find_scratch(w, i, Do::kRequest, lanes) : find_global(w, i, Do::kRequest, lanes);
    if (!found) return nullptr;
    Do::move(w, i, n, lanes);
  }
  return after(i);
}

RECORD(global_load_block) { return move_block<LoadBlock, W>(w, i, false); }
RECORD(global_store_block) { return move_block<StoreBlock, W>(w, i, false); }
RECORD(scratch_load_block) { return move_block<LoadBlock, W>(w, i, true); }
RECORD(scratch_store_block) { return move_block<StoreBlock, W>(w, i, true); }

}  // namespace
}  // namespace cw::amd
