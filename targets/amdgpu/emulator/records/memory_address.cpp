#include "emulator/records/memory_address.hpp"

#include "emulator/machine/lane_operands.hpp"

namespace cw::amd {
namespace {

template <unsigned W>
bool observed(Wave& w, const Instruction& i, Space space, const Request& request, const Lanes<W>& lanes) {
  if (w.observe == nullptr) [[likely]]
    return true;
  return w.observe(w, i, {space, request.access, request.bytes, lanes.at, lanes.active, lanes.absent});
}

template <unsigned W>
void pairs(const u32* low, u64 base, Lanes<W>& lanes) {
  for (u32 l = 0; l < W; ++l) lanes.at[l] = (low[l] | u64{low[W + l]} << 32) + base;
}

template <unsigned W>
void singles(const u32* low, u64 base, Lanes<W>& lanes) {
  for (u32 l = 0; l < W; ++l) lanes.at[l] = low[l] + base;
}

template <unsigned W>
void drop_beyond(Lanes<W>& lanes, u32 bytes, u32 end) {
  u64 highest = 0;
  for (u32 l = 0; l < W; ++l) highest = lanes.at[l] > highest ? lanes.at[l] : highest;
  if (highest + bytes <= end) return;
  each_of(lanes.active, [&](u32 l) { lanes.absent |= u64{lanes.at[l] + bytes > end} << l; });
  lanes.active &= ~lanes.absent;
}

}  // namespace

template <unsigned W>
void full_addresses(const Wave& w, const Instruction& i, Lanes<W>& lanes) {
  const u64 offset = static_cast<u64>(i64{i.offset});
  const u32* vector = w.vgpr + u64{i.source[0].index} * W;
  lanes.active = w.exec() & w.all_lanes();
  if (!i.has_saddr) return pairs(vector, offset, lanes);
  singles(vector, offset + scalar_value(w, i.source[1], true), lanes);
}

template <unsigned W>
bool find_global(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  return observed(w, i, Space::kGlobal, request, lanes);
}

template <unsigned W>
bool find_shared(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  for (u32 l = 0; l < W; ++l) lanes.at[l] = static_cast<u32>(lanes.at[l]);  // a base below 0 and an offset: compilers make them
  drop_beyond(lanes, request.bytes, w.lds_bytes);
  if (!observed(w, i, Space::kShared, request, lanes)) return false;
  for (u32 l = 0; l < W; ++l) lanes.at[l] += reinterpret_cast<u64>(w.lds);
  lanes.space = Space::kShared;
  return true;
}

template <unsigned W>
bool find_scratch(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  u64 highest = 0;
  each_of(lanes.active, [&](u32 l) { highest = lanes.at[l] > highest ? lanes.at[l] : highest; });
  if (lanes.active != 0 && highest + request.bytes > w.scratch_bytes) {
    stop(w, i, "an access beyond the thread's private memory", highest);
    return false;
  }
  if (!observed(w, i, Space::kScratch, request, lanes)) return false;
  const u64 base = reinterpret_cast<u64>(w.scratch);
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base + lanes.at[l] / 4 * (4 * W) + 4 * l + lanes.at[l] % 4;
  lanes.step = 4 * W;
  lanes.space = Space::kScratch;
  return true;
}

template <unsigned W>
void scratch_offsets(const Wave& w, const Instruction& i, Lanes<W>& lanes) {
  const u32 base = static_cast<u32>(i.offset) + (i.has_saddr ? static_cast<u32>(scalar_value(w, i.source[1], false)) : 0);
  const u32* vector = w.vgpr + u64{i.source[0].index} * W;
  lanes.active = w.exec() & w.all_lanes();
  for (u32 l = 0; l < W; ++l) lanes.at[l] = static_cast<u32>(base + (i.has_vaddr ? vector[l] : 0));
}

template <unsigned W>
void shared_offsets(const Wave& w, const Instruction& i, u32 offset, Lanes<W>& lanes) {
  lanes.active = w.exec() & w.all_lanes();
  const u32* base = w.vgpr + u64{i.source[0].index} * W;
  // 32-bit addresses: compilers use a negative base with a larger offset.
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base[l] + offset;
}

#define CW_FOR_LANES(W)                                                                \
  template void full_addresses<W>(const Wave&, const Instruction&, Lanes<W>&);         \
  template bool find_global<W>(Wave&, const Instruction&, const Request&, Lanes<W>&);  \
  template bool find_shared<W>(Wave&, const Instruction&, const Request&, Lanes<W>&);  \
  template bool find_scratch<W>(Wave&, const Instruction&, const Request&, Lanes<W>&); \
  template void scratch_offsets<W>(const Wave&, const Instruction&, Lanes<W>&);        \
  template void shared_offsets<W>(const Wave&, const Instruction&, u32 offset, Lanes<W>&);

CW_FOR_LANES(32)
CW_FOR_LANES(64)

}  // namespace cw::amd
