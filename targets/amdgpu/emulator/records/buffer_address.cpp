// Addresses of MUBUF and MTBUF instructions. Descriptor, address calculation and range checking: AMD's ISA documents, "Buffer
// Addressing".
#include "emulator/machine/lane_operands.hpp"
#include "emulator/records/memory_address.hpp"

namespace cw::amd {
namespace {

// A buffer resource descriptor.
struct Buffer {
  u64 base;
  u32 stride;
  u32 records;
  u32 element;  // bytes that stay together where lanes are interleaved; 0: not interleaved
  u32 index_stride;
  bool add_lane;
  u32 check;  // gfx10 and later: how the range is checked
};

u32 element_bytes(const Arch& arch, u32 word1) {
  if (arch.isa < Isa::kGfx11) return word1 >> 31 != 0 ? 4 : 0;
  const u32 swizzle = word1 >> 30;
  return swizzle == 0 ? 0 : 2u << swizzle;
}

Buffer buffer_of(const Wave& w, const Instruction& i) {
  const u32* words = w.sgpr + i.source[1].index;
  Buffer b{};
  b.base = words[0] | u64{words[1] & 0xffff} << 32;
  b.stride = words[1] >> 16 & 0x3fff;
  b.records = words[2];
  b.element = element_bytes(w.program->arch(), words[1]);
  b.index_stride = 8u << (words[3] >> 21 & 3);
  b.add_lane = (words[3] >> 23 & 1) != 0;
  b.check = words[3] >> 28 & 3;
  // With the lane added, gfx9 keeps the upper bits of the stride where the data format is otherwise.
  if (b.add_lane && !w.program->arch().is_rdna()) b.stride |= (words[3] >> 15 & 15) << 14;
  return b;
}

u64 offset_of(const Buffer& b, u32 index, u32 offset) {
  if (b.element == 0) return u64{index} * b.stride + offset;
  const u64 rows = u64{index / b.index_stride} * b.stride + offset / b.element * b.element;
  return rows * b.index_stride + u64{index % b.index_stride} * b.element + offset % b.element;
}

// Whether `bytes` at `offset` of record `index` are out of range; `at` is their distance from the base without soffset.
bool is_beyond(const Arch& arch, const Buffer& b, u32 index, u32 offset, u64 at, u32 bytes, u32 scalar_offset) {
  if (!arch.is_rdna()) {
    if (b.stride == 0 || b.element == 0) return at + scalar_offset + bytes > b.records;
    return index >= b.records;
  }
  switch (b.check) {
    case 0:
      return index >= b.records || offset + bytes > b.stride;
    case 1:
      return index >= b.records;
    case 2:
      return b.records == 0;
    default:
      return at + scalar_offset + bytes > b.records;
  }
}

// The wave's private segment through its descriptor. Base and scalar offset count bytes of the whole wave.
bool is_private_segment(const Wave& w, const Instruction& i, const Buffer& b, u32 scalar_offset) {
  const u64 from = b.base - reinterpret_cast<u64>(w.scratch);
  const bool interleaved = b.add_lane && b.element == 4 && b.index_stride == w.lanes && !i.idxen;
  return interleaved && from < u64{w.scratch_bytes} * w.lanes && (from + scalar_offset) % (4 * w.lanes) == 0;
}

template <unsigned W>
bool find_private(Wave& w, const Instruction& i, const Request& request, u64 from, Lanes<W>& lanes) {
  const u32 base = static_cast<u32>(from / W) + static_cast<u32>(i.offset);
  scratch_offsets_from(w, base, i.offen ? w.lane_values(i.source[0].index) : nullptr, request, lanes);
  return find_scratch(w, i, request, lanes);
}

}  // namespace

template <unsigned W>
bool find_buffer(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes) {
  const Buffer b = buffer_of(w, i);
  const u32 scalar_offset = static_cast<u32>(scalar_value(w, i.source[3], false));
  if (is_private_segment(w, i, b, scalar_offset))
    return find_private(w, i, request, b.base + scalar_offset - reinterpret_cast<u64>(w.scratch), lanes);
  const u32* indices = w.lane_values(i.source[0].index);
  const u32* offsets = indices + (i.idxen ? W : 0);
  each_of(w.exec() & w.all_lanes(), [&](u32 l) {
    const u32 index = (i.idxen ? indices[l] : 0) + (b.add_lane ? l : 0);
    const u32 offset = (i.offen ? offsets[l] : 0) + static_cast<u32>(i.offset);
    const u64 at = offset_of(b, index, offset);
    lanes.at[l] = b.base + scalar_offset + at;
    const bool beyond = is_beyond(w.program->arch(), b, index, offset, at, request.bytes, scalar_offset);
    (beyond ? lanes.absent : lanes.active) |= u64{1} << l;
  });
  if (b.element == 4) lanes.step = 4 * b.index_stride;
  if (b.element > 4 && request.bytes > 4) {
    stop(w, i, "a buffer whose lanes are interleaved by more than 4 bytes");
    return false;
  }
  return find_global(w, i, request, lanes);
}

template bool find_buffer<32>(Wave&, const Instruction&, const Request&, Lanes<32>&);
template bool find_buffer<64>(Wave&, const Instruction&, const Request&, Lanes<64>&);

}  // namespace cw::amd
