// Elements of all kinds as they are held, eight at a time, and rows that become columns.
#ifndef CROSSWARP_TARGETS_CPU_ELEMENTS_H
#define CROSSWARP_TARGETS_CPU_ELEMENTS_H

#include "tiles.h"

namespace crosswarp::cpu {

typedef u8 Bytes8 __attribute__((ext_vector_type(8)));
typedef u32 Words8 __attribute__((ext_vector_type(8)));
typedef u16 Shorts8 __attribute__((ext_vector_type(8)));
typedef _Float16 Halves8 __attribute__((ext_vector_type(8)));
typedef float Floats8 __attribute__((ext_vector_type(8)));

template <class To>
inline To read(const void* from) {
  To value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}
template <class From>
inline void write(void* to, From value) {
  __builtin_memcpy(to, &value, sizeof value);
}

inline Words8 of_halves(Halves8 halves) { return __builtin_bit_cast(Words8, __builtin_convertvector(halves, Floats8)); }
inline Halves8 to_halves(Words8 words) { return __builtin_convertvector(__builtin_bit_cast(Floats8, words), Halves8); }
inline Shorts8 widened(const u8* from) { return __builtin_convertvector(read<Bytes8>(from), Shorts8); }

// e4m3 has the exponents of half precision but for a bias that is 8 less, no infinities, and one NaN.
inline Words8 of_e4m3(Shorts8 code) {
  const Shorts8 magnitude = code & 0x7F;
  const Halves8 half = __builtin_bit_cast(Halves8, static_cast<Shorts8>((code & 0x80) << 8 | magnitude << 7));
  const Words8 number = __builtin_bit_cast(Words8, __builtin_convertvector(half, Floats8) * 256.0f);
  return __builtin_convertvector(magnitude, Words8) == 0x7F ? Words8(0x7FFFE000) : number;
}

inline Words8 of_nibbles(u32 word, bool is_signed) {
  const Words8 top = Words8(word) << Words8{28, 24, 20, 16, 12, 8, 4, 0};
  typedef int32_t Signed __attribute__((ext_vector_type(8)));
  return is_signed ? __builtin_bit_cast(Words8, __builtin_bit_cast(Signed, top) >> 28) : top >> 28;
}

template <u32 kind>
inline Words8 eight(const u8* from) {
  typedef signed char Signed8 __attribute__((ext_vector_type(8)));
  typedef int32_t Integers8 __attribute__((ext_vector_type(8)));
  if constexpr (kind == kF16) return of_halves(read<Halves8>(from));
  if constexpr (kind == kBf16) return __builtin_convertvector(read<Shorts8>(from), Words8) << 16;
  if constexpr (kind == kE4m3) return of_e4m3(widened(from));
  if constexpr (kind == kE5m2) return of_halves(__builtin_bit_cast(Halves8, static_cast<Shorts8>(widened(from) << 8)));
  if constexpr (kind == kS8) return __builtin_bit_cast(Words8, __builtin_convertvector(read<Signed8>(from), Integers8));
  if constexpr (kind == kU8) return __builtin_convertvector(read<Bytes8>(from), Words8);
  if constexpr (kind == kS4 || kind == kU4) return of_nibbles(read<u32>(from), kind == kS4);
  return read<Words8>(from);
}

// Calls `what` with the kind as a constant; kinds whose elements are words count as f32.
template <class What>
inline void with_kind(u32 kind, What what) {
  if (!with_constant<kF16, kBf16, kE4m3, kE5m2, kS8, kU8, kS4, kU4>(kind, what)) what(Constant<kF32>());
}

template <class V>
inline V low(V a, V b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13);
}
template <class V>
inline V high(V a, V b) {
  return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
}

// Rows `from`, `pitch` words apart, become columns.
inline __attribute__((always_inline)) void turn_eight(u32* to, u32 to_pitch, const u32* from, u32 pitch) {
  Words8 pair[8], quad[8];
  for (u32 i = 0; i < 8; i += 2) {
    const Words8 first = read<Words8>(from + i * pitch), second = read<Words8>(from + (i + 1) * pitch);
    pair[i] = low(first, second);
    pair[i + 1] = high(first, second);
  }
  for (u32 i = 0; i < 8; i += 4) {
    for (u32 j = 0; j < 2; ++j) {
      quad[i + 2 * j] = __builtin_shufflevector(pair[i + j], pair[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      quad[i + 2 * j + 1] = __builtin_shufflevector(pair[i + j], pair[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (u32 i = 0; i < 4; ++i) {
    write(to + i * to_pitch, __builtin_shufflevector(quad[i], quad[i + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    write(to + (i + 4) * to_pitch, __builtin_shufflevector(quad[i], quad[i + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

}  // namespace crosswarp::cpu
#endif
