// Where scalar memory instructions read and write: one address for the whole wave.
#pragma once

#include "emulator/machine/memory.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {

// Where an access lies, and how many bytes there are from there on.
struct ScalarPlace {
  u64 at;
  u64 bytes;
};
using FindScalar = ScalarPlace (*)(const Wave&, const Instruction&, u32 alignment);

// Checks see scalar accesses as those of the first lane.
inline bool scalar_access_is_allowed(Wave& w, const Instruction& i, Access access, u64 at, u32 bytes) {
  if (w.observe == nullptr) return true;
  u64 places[64] = {at};
  return w.observe(w, i, Touch{Space::kGlobal, access, bytes, places, 1, 0});
}

inline u64 scalar_offset(const Wave& w, const Instruction& i) {
  return static_cast<u64>(i64{i.offset}) + (i.source[1].kind != Kind::kNone ? scalar_value(w, i.source[1], false) : 0);
}

inline ScalarPlace scalar_global(const Wave& w, const Instruction& i, u32 alignment) {
  return {(w.wide(i.source[0].index) + scalar_offset(w, i)) & ~u64{alignment - 1}, ~u64{0}};
}

// From a buffer's descriptor: base, stride, number of records. What is out of range reads as 0.
inline ScalarPlace scalar_buffer(const Wave& w, const Instruction& i, u32 alignment) {
  const u32* descriptor = w.sgpr + i.source[0].index;
  const u64 base = descriptor[0] | u64{descriptor[1] & 0xffff} << 32;
  const u32 stride = descriptor[1] >> 16 & 0x3fff;
  const u64 size = u64{descriptor[2]} * (stride != 0 ? stride : 1);
  const u64 offset = scalar_offset(w, i) & ~u64{alignment - 1};
  return {base + offset, offset < size ? size - offset : 0};
}

}  // namespace cw::amd
