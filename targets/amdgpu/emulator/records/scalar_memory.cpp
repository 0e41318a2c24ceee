// Scalar loads and stores: one address for the whole wave, whole dwords (gfx12: parts of them too).
#include "emulator/records/scalar_memory.hpp"

namespace cw::amd {
namespace {

template <FindScalar find, unsigned N>
const Instruction* load_words(Wave& w, const Instruction& i) {
  const ScalarPlace place = find(w, i, 4);
  const u64 words = place.bytes / 4 < N ? place.bytes / 4 : N;
  u32 loaded[N] = {};
  if (words != 0 && !scalar_access_is_allowed(w, i, Access::kLoad, place.at, static_cast<u32>(4 * words))) return nullptr;
  __builtin_memcpy(loaded, reinterpret_cast<const void*>(place.at), 4 * words);
  if (i.destination.index == kNull) return after(i);
  if (i.destination.index + N > kScalarRegisters) return stop(w, i, "a load to scalar registers that there are not");
  __builtin_memcpy(w.sgpr + i.destination.index, loaded, sizeof loaded);
  return after(i);
}

template <FindScalar find, typename T>
const Instruction* load_part(Wave& w, const Instruction& i) {
  const ScalarPlace place = find(w, i, sizeof(T));
  T value = 0;
  if (place.bytes >= sizeof(T)) {
    if (!scalar_access_is_allowed(w, i, Access::kLoad, place.at, sizeof(T))) return nullptr;
    value = read_bytes<T>(place.at);
  }
  write_scalar(w, i.destination, static_cast<i32>(value));
  return after(i);
}

template <FindScalar find, unsigned N>
const Instruction* store_words(Wave& w, const Instruction& i) {
  const ScalarPlace place = find(w, i, 4);
  const u64 words = place.bytes / 4 < N ? place.bytes / 4 : N;
  if (words != 0 && !scalar_access_is_allowed(w, i, Access::kStore, place.at, static_cast<u32>(4 * words))) return nullptr;
  __builtin_memcpy(reinterpret_cast<void*>(place.at), w.sgpr + i.source[2].index, 4 * words);
  return after(i);
}

#define LOADS(words, bits, old)                                                   \
  RECORD(s_load_##bits) { return load_words<scalar_global, words>(w, i); }        \
  RECORD(s_buffer_load_##bits) { return load_words<scalar_buffer, words>(w, i); } \
  ALIAS(s_load_##old, s_load_##bits);                                             \
  ALIAS(s_buffer_load_##old, s_buffer_load_##bits)

LOADS(1, b32, dword);
LOADS(2, b64, dwordx2);
LOADS(3, b96, dwordx3);
LOADS(4, b128, dwordx4);
LOADS(8, b256, dwordx8);
LOADS(16, b512, dwordx16);

#define PART_LOADS(T)                                                     \
  RECORD(s_load_##T) { return load_part<scalar_global, T>(w, i); }        \
  RECORD(s_buffer_load_##T) { return load_part<scalar_buffer, T>(w, i); } \
  static_assert(sizeof(T) < 4)

PART_LOADS(u8);
PART_LOADS(i8);
PART_LOADS(u16);
PART_LOADS(i16);

#define STORES(words, name)                                                         \
  RECORD(s_store_##name) { return store_words<scalar_global, words>(w, i); }        \
  RECORD(s_buffer_store_##name) { return store_words<scalar_buffer, words>(w, i); } \
  static_assert(words <= 4)

STORES(1, dword);
STORES(2, dwordx2);
STORES(4, dwordx4);

}  // namespace
}  // namespace cw::amd
