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

// Whether rows may be told from lanes: nobody looks at the addresses, and all lanes are switched on.
template <unsigned W>
bool may_be_row(const Wave& w, const Request& request, const Lanes<W>& lanes) {
  return request.rows && w.observe == nullptr && lanes.active == (W == 64 ? ~u64{0} : 0xffffffffu);
}

// Whether the lanes' values follow one another, `bytes` apart, without wrapping.
template <unsigned W>
bool in_a_row(const u32* values, u32 bytes) {
  u32 different = 0;
  for (u32 l = 0; l < W; ++l) different |= values[l] ^ (values[0] + l * bytes);
  return different == 0 && values[0] <= 0xffffffffu - W * bytes;
}

template <unsigned W>
bool are_equal(const u32* values) {
  u32 different = 0;
  for (u32 l = 0; l < W; ++l) different |= values[l] ^ values[0];
  return different == 0;
}

template <unsigned W>
void begin_row(u64 first, u32 bytes, Lanes<W>& lanes) {
  lanes.at[0] = first;
  lanes.row = bytes;
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
void full_addresses(const Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  u64 base = static_cast<u64>(i64{i.offset});
  const u32* low = w.vgpr + u64{i.source[0].index} * W;
  lanes.active = w.exec() & w.all_lanes();
  const bool row = may_be_row(w, request, lanes) && in_a_row<W>(low, request.bytes);
  if (i.has_saddr) {
    base += scalar_value(w, i.source[1], true);
    if (row) return begin_row(low[0] + base, request.bytes, lanes);
    for (u32 l = 0; l < W; ++l) lanes.at[l] = low[l] + base;
    return;
  }
  const u32* high = low + W;
  if (row && are_equal<W>(high)) return begin_row((low[0] | u64{high[0]} << 32) + base, request.bytes, lanes);
  for (u32 l = 0; l < W; ++l) lanes.at[l] = (low[l] | u64{high[l]} << 32) + base;
}

template <unsigned W>
bool find_global(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  return observed(w, i, Space::kGlobal, request, lanes);
}

template <unsigned W>
bool find_shared(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  lanes.space = Space::kShared;
  if (lanes.row != 0) {
    if (lanes.at[0] + W * request.bytes <= w.lds_bytes) [[likely]] {
      lanes.at[0] += reinterpret_cast<u64>(w.lds);
      return true;
    }
    lanes.spread();
    for (u32 l = 0; l < W; ++l) lanes.at[l] = static_cast<u32>(lanes.at[l]);
  }
  drop_beyond(lanes, request.bytes, w.lds_bytes);
  if (!observed(w, i, Space::kShared, request, lanes)) return false;
  for (u32 l = 0; l < W; ++l) lanes.at[l] += reinterpret_cast<u64>(w.lds);
  return true;
}

template <unsigned W>
bool find_scratch(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  u64 highest = lanes.at[0];
  if (lanes.row == 0) {
    highest = 0;
    each_of(lanes.active, [&](u32 l) { highest = lanes.at[l] > highest ? lanes.at[l] : highest; });
  }
  if (lanes.active != 0 && highest + request.bytes > w.scratch_bytes) {
    stop(w, i, "an access beyond the thread's private memory", highest);
    return false;
  }
  if (!observed(w, i, Space::kScratch, request, lanes)) return false;
  lanes.step = 4 * W;
  lanes.space = Space::kScratch;
  const u64 base = reinterpret_cast<u64>(w.scratch);
  if (lanes.row != 0) {
    lanes.at[0] = base + lanes.at[0] * W;
    return true;
  }
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base + lanes.at[l] / 4 * (4 * W) + 4 * l + lanes.at[l] % 4;
  return true;
}

// Whole dwords at the same offset in each lane's scratch lie in a row.
template <unsigned W>
void scratch_offsets_from(const Wave& w, u32 base, const u32* vector, const Request& request, Lanes<W>& lanes) {
  lanes.active = w.exec() & w.all_lanes();
  const u32 first = base + (vector != nullptr ? vector[0] : 0);
  const bool whole = first % 4 == 0 && request.bytes % 4 == 0;
  if (whole && may_be_row(w, request, lanes) && (vector == nullptr || are_equal<W>(vector))) return begin_row(first, 4, lanes);
  for (u32 l = 0; l < W; ++l) lanes.at[l] = static_cast<u32>(base + (vector != nullptr ? vector[l] : 0));
}

template <unsigned W>
void scratch_offsets(const Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  const u32 base = static_cast<u32>(i.offset) + (i.has_saddr ? static_cast<u32>(scalar_value(w, i.source[1], false)) : 0);
  scratch_offsets_from(w, base, i.has_vaddr ? w.vgpr + u64{i.source[0].index} * W : nullptr, request, lanes);
}

template <unsigned W>
void shared_offsets(const Wave& w, const Instruction& i, u32 offset, const Request& request, Lanes<W>& lanes) {
  lanes.active = w.exec() & w.all_lanes();
  const u32* base = w.vgpr + u64{i.source[0].index} * W;
  if (may_be_row(w, request, lanes) && in_a_row<W>(base, request.bytes)) return begin_row(base[0] + offset, request.bytes, lanes);
  // 32-bit addresses: compilers use a negative base with a larger offset.
  for (u32 l = 0; l < W; ++l) lanes.at[l] = base[l] + offset;
}

#define CW_FOR_LANES(W)                                                                           \
  template void full_addresses<W>(const Wave&, const Instruction&, const Request&, Lanes<W>&);    \
  template bool find_global<W>(Wave&, const Instruction&, const Request&, Lanes<W>&);             \
  template bool find_shared<W>(Wave&, const Instruction&, const Request&, Lanes<W>&);             \
  template bool find_scratch<W>(Wave&, const Instruction&, const Request&, Lanes<W>&);            \
  template void scratch_offsets<W>(const Wave&, const Instruction&, const Request&, Lanes<W>&);   \
  template void scratch_offsets_from<W>(const Wave&, u32, const u32*, const Request&, Lanes<W>&); \
  template void shared_offsets<W>(const Wave&, const Instruction&, u32 offset, const Request&, Lanes<W>&);

CW_FOR_LANES(32)
CW_FOR_LANES(64)

}  // namespace cw::amd
