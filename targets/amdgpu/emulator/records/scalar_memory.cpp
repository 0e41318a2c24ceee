// Scalar loads and stores: one address for the whole wave, whole dwords (gfx12: parts of them too).
#include "emulator/machine/memory.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

u64 offset_of(const Wave& w, const Instruction& i) {
  return static_cast<u64>(i64{i.offset}) + (i.source[1].kind != Kind::kNone ? scalar_value(w, i.source[1], false) : 0);
}

// Checks see scalar accesses as those of the first lane.
bool is_allowed(Wave& w, const Instruction& i, Access access, u64 at, u32 bytes) {
  if (w.observe == nullptr) return true;
  u64 places[64] = {at};
  return w.observe(w, i, Touch{Space::kGlobal, access, bytes, places, 1, 0});
}

// Where an access lies, and how many of its bytes exist.
struct Place {
  u64 at;
  u64 bytes;
};

Place global_place(const Wave& w, const Instruction& i, u32 alignment) {
  return {(w.wide(i.source[0].index) + offset_of(w, i)) & ~u64{alignment - 1}, ~u64{0}};
}
// From a buffer's descriptor: base, stride, number of records. What is out of range reads as 0.
Place buffer_place(const Wave& w, const Instruction& i, u32 alignment) {
  const u32* descriptor = w.sgpr + i.source[0].index;
  const u64 base = descriptor[0] | u64{descriptor[1] & 0xffff} << 32;
  const u32 stride = descriptor[1] >> 16 & 0x3fff;
  const u64 size = u64{descriptor[2]} * (stride != 0 ? stride : 1);
  const u64 offset = offset_of(w, i) & ~u64{alignment - 1};
  return {base + offset, offset < size ? size - offset : 0};
}

using Find = Place (*)(const Wave&, const Instruction&, u32);

template <Find find, unsigned N>
const Instruction* load_words(Wave& w, const Instruction& i) {
  const Place place = find(w, i, 4);
  const u64 words = place.bytes / 4 < N ? place.bytes / 4 : N;
  u32 loaded[N] = {};
  if (words != 0 && !is_allowed(w, i, Access::kLoad, place.at, static_cast<u32>(4 * words))) return nullptr;
  __builtin_memcpy(loaded, reinterpret_cast<const void*>(place.at), 4 * words);
  if (i.destination.index != kNull) __builtin_memcpy(w.sgpr + i.destination.index, loaded, sizeof loaded);
  return after(i);
}

template <Find find, typename T>
const Instruction* load_part(Wave& w, const Instruction& i) {
  const Place place = find(w, i, sizeof(T));
  T value = 0;
  if (place.bytes >= sizeof(T)) {
    if (!is_allowed(w, i, Access::kLoad, place.at, sizeof(T))) return nullptr;
    value = read_bytes<T>(place.at);
  }
  write_scalar(w, i.destination, static_cast<i32>(value));
  return after(i);
}

template <Find find, unsigned N>
const Instruction* store_words(Wave& w, const Instruction& i) {
  const Place place = find(w, i, 4);
  const u64 words = place.bytes / 4 < N ? place.bytes / 4 : N;
  if (words != 0 && !is_allowed(w, i, Access::kStore, place.at, static_cast<u32>(4 * words))) return nullptr;
  __builtin_memcpy(reinterpret_cast<void*>(place.at), w.sgpr + i.source[2].index, 4 * words);
  return after(i);
}

#define LOADS(words, bits, old)                                                  \
  RECORD(s_load_##bits) { return load_words<global_place, words>(w, i); }        \
  RECORD(s_buffer_load_##bits) { return load_words<buffer_place, words>(w, i); } \
  ALIAS(s_load_##old, s_load_##bits);                                            \
  ALIAS(s_buffer_load_##old, s_buffer_load_##bits)

LOADS(1, b32, dword);
LOADS(2, b64, dwordx2);
LOADS(3, b96, dwordx3);
LOADS(4, b128, dwordx4);
LOADS(8, b256, dwordx8);
LOADS(16, b512, dwordx16);

#define PART_LOADS(T)                                                    \
  RECORD(s_load_##T) { return load_part<global_place, T>(w, i); }        \
  RECORD(s_buffer_load_##T) { return load_part<buffer_place, T>(w, i); } \
  static_assert(sizeof(T) < 4)

PART_LOADS(u8);
PART_LOADS(i8);
PART_LOADS(u16);
PART_LOADS(i16);

#define STORES(words, name)                                                        \
  RECORD(s_store_##name) { return store_words<global_place, words>(w, i); }        \
  RECORD(s_buffer_store_##name) { return store_words<buffer_place, words>(w, i); } \
  static_assert(words <= 4)

STORES(1, dword);
STORES(2, dwordx2);
STORES(4, dwordx4);

}  // namespace
}  // namespace cw::amd
