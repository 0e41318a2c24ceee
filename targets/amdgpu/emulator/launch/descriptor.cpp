#include "emulator/launch/descriptor.hpp"

#include <string.h>

namespace cw::amd {
namespace {

struct KernelDescriptor {
  u32 lds_bytes, scratch_bytes, kernarg_bytes, reserved0;
  i64 entry;
  u8 reserved1[20];
  u32 resources3, resources1, resources2;
  u16 properties, preload;
  u32 reserved2;
};
static_assert(sizeof(KernelDescriptor) == 64);

constexpr u32 field(u32 word, unsigned low, unsigned count) { return word >> low & ((1u << count) - 1); }

bool is_gfx9(const Arch& arch) { return arch.isa == Isa::kGfx90a || arch.isa == Isa::kGfx942; }

// The MODE register: rounding and denormals as the descriptor has them, then clamping of NaN (8), IEEE mode (9), f16 overflow (23).
u32 mode_of(const Arch& arch, u32 resources1) {
  const bool always = arch.isa >= Isa::kGfx12;  // the bits mean something else there, and both modes are on
  const u32 clamp = always ? 1 : field(resources1, 21, 1), ieee = always ? 1 : field(resources1, 23, 1);
  return field(resources1, 12, 8) | clamp << 8 | ieee << 9 | field(resources1, 26, 1) << 23;
}

void read_registers(const Arch& arch, const KernelDescriptor& raw, Descriptor& d) {
  const bool wave32 = arch.is_rdna() && field(raw.properties, 10, 1) != 0;
  d.lanes = wave32 ? 32 : 64;
  const u32 granule = is_gfx9(arch) || wave32 ? 8 : 4;
  d.vgprs = (field(raw.resources1, 0, 6) + 1) * granule;
  if (is_gfx9(arch)) d.acc_offset = 4 * (field(raw.resources3, 0, 6) + 1);
  if (d.acc_offset >= d.vgprs) d.acc_offset = 0;
}

void read_user_registers(const KernelDescriptor& raw, Descriptor& d) {
  d.private_buffer = field(raw.properties, 0, 1);
  d.dispatch_pointer = field(raw.properties, 1, 1);
  d.queue_pointer = field(raw.properties, 2, 1);
  d.kernarg_pointer = field(raw.properties, 3, 1);
  d.dispatch_id = field(raw.properties, 4, 1);
  d.flat_scratch = field(raw.properties, 5, 1);
  d.private_size = field(raw.properties, 6, 1);
  d.dynamic_stack = field(raw.properties, 11, 1);
  d.user_sgprs = field(raw.resources2, 1, 5);
}

void read_system_registers(const Arch& arch, const KernelDescriptor& raw, Descriptor& d) {
  // From gfx12 on the numbers of the workgroup are in trap temporaries.
  for (unsigned axis = 0; axis < 3; ++axis) d.group_id[axis] = arch.isa < Isa::kGfx12 && field(raw.resources2, 7 + axis, 1) != 0;
  d.group_info = field(raw.resources2, 10, 1);
  // Where the hardware knows the wave's scratch, no register is needed for its offset.
  const bool known = arch.isa == Isa::kGfx942 || arch.isa >= Isa::kGfx11;
  d.scratch_offset = !known && field(raw.resources2, 0, 1) != 0;
  d.thread_ids = field(raw.resources2, 11, 2);
}

}  // namespace

Descriptor read_descriptor(const Arch& arch, const u8* bytes) {
  KernelDescriptor raw;
  memcpy(&raw, bytes, sizeof raw);
  Descriptor d;
  d.lds_bytes = raw.lds_bytes;
  d.scratch_bytes = raw.scratch_bytes;
  d.kernarg_bytes = raw.kernarg_bytes;
  d.entry = raw.entry;
  d.mode = mode_of(arch, raw.resources1);
  read_registers(arch, raw, d);
  read_user_registers(raw, d);
  read_system_registers(arch, raw, d);
  if (is_gfx9(arch)) {
    d.preload_dwords = field(raw.preload, 0, 7);
    d.preload_offset = field(raw.preload, 7, 9);
  }
  return d;
}

}  // namespace cw::amd
