#include "emulator/launch/start_wave.hpp"

#include <string.h>

namespace cw::amd {
namespace {

// Scalar registers in the order in which they are handed out.
class Scalars {
 public:
  explicit Scalars(Wave& wave) : wave_(wave) {}
  void give(u32 value) {
    if (next_ < kVccLo) wave_.sgpr[next_++] = value;
  }
  void give_wide(u64 value) {
    give(static_cast<u32>(value));
    give(static_cast<u32>(value >> 32));
  }
  void give_address(const void* address) { give_wide(reinterpret_cast<u64>(address)); }
  void skip_to(u32 index) { next_ = index; }

 private:
  Wave& wave_;
  u32 next_ = 0;
};

// A buffer descriptor of the wave's own scratch: dwords of the lanes interleaved (swizzle), the lane's number added.
void give_private_buffer(Scalars& scalars, const Wave& wave) {
  constexpr u32 kSwizzle = 1u << 31;
  constexpr u32 kSelectXyzw = 4 | 5 << 3 | 6 << 6 | 7 << 9;
  constexpr u32 kAddLane = 1u << 23;
  const bool rdna = wave.program->arch().is_rdna();
  // One u32; gfx10 checks the range only by whether there are any records.
  const u32 format = rdna ? 20u << 12 | 2u << 28 : 4u << 12 | 4u << 15;
  const u32 index_stride = wave.lanes == 64 ? 3u << 21 : 2u << 21;
  const u64 base = reinterpret_cast<u64>(wave.scratch);
  scalars.give(static_cast<u32>(base));
  scalars.give(static_cast<u32>(base >> 32) | kSwizzle);
  scalars.give(wave.scratch_bytes * wave.lanes);
  scalars.give(kSelectXyzw | format | index_stride | kAddLane);
}

void give_user_registers(Wave& wave, const Dispatch& dispatch) {
  const Descriptor& d = dispatch.kernel->descriptor;
  Scalars scalars(wave);
  if (d.private_buffer) give_private_buffer(scalars, wave);
  if (d.dispatch_pointer) scalars.give_address(&dispatch.packet);
  if (d.queue_pointer) scalars.give_address(dispatch.queue);
  if (d.kernarg_pointer) scalars.give_address(dispatch.kernarg.data());
  if (d.dispatch_id) scalars.give_wide(0);
  if (d.flat_scratch) scalars.give_address(wave.scratch);
  if (d.private_size) scalars.give(wave.scratch_bytes);
  for (u32 i = 0; i < d.preload_dwords; ++i) {
    const u64 at = 4 * (u64{d.preload_offset} + i);
    u32 value = 0;
    if (at + sizeof value <= dispatch.kernarg.size()) memcpy(&value, dispatch.kernarg.data() + at, sizeof value);
    scalars.give(value);
  }
}

void give_system_registers(Wave& wave, const Dispatch& dispatch, const u32 (&group)[3]) {
  const Descriptor& d = dispatch.kernel->descriptor;
  Scalars scalars(wave);
  scalars.skip_to(d.user_sgprs);
  for (unsigned axis = 0; axis < 3; ++axis) {
    if (d.group_id[axis]) scalars.give(group[axis]);
  }
  if (d.group_info) scalars.give(dispatch.waves | (wave.number == 0 ? 1u << 31 : 0));
  if (d.scratch_offset) scalars.give(0);  // descriptor and flat scratch are the wave's own already
  if (wave.program->arch().isa >= Isa::kGfx12) {
    wave.sgpr[kTtmp0 + 7] = group[1] | group[2] << 16;
    wave.sgpr[kTtmp0 + 8] = wave.number << 25;
    wave.sgpr[kTtmp0 + 9] = group[0];
  }
}

void give_thread_ids(Wave& wave, const Dispatch& dispatch) {
  const u64 first = u64{wave.number} * wave.lanes;
  for (u32 i = 0; i < 3; ++i) {
    if (!dispatch.thread_ids[i].empty())
      memcpy(wave.lane_values(i), dispatch.thread_ids[i].data() + first, wave.lanes * sizeof(u32));
  }
}

u64 active_lanes(const Wave& wave, const Dispatch& dispatch) {
  const u32 first = wave.number * wave.lanes, left = dispatch.threads - first;
  return left >= wave.lanes ? wave.all_lanes() : (u64{1} << left) - 1;
}

}  // namespace

void start_wave(Wave& wave, const Dispatch& dispatch, const u32 (&group)[3]) {
  wave.mode = dispatch.kernel->descriptor.mode;
  give_user_registers(wave, dispatch);
  give_system_registers(wave, dispatch, group);
  give_thread_ids(wave, dispatch);
  wave.set_wide(kExecLo, active_lanes(wave, dispatch));
  wave.set_wide(kFlatScratchLo, reinterpret_cast<u64>(wave.scratch));
}

}  // namespace cw::amd
