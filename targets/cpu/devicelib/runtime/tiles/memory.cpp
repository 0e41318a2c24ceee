// Matrices between memory and the form in which they are held. Lines of memory are rows or columns; columns are turned.
#include "tiles.h"

namespace crosswarp::cpu {
namespace {

typedef u8 Bytes8 __attribute__((ext_vector_type(8)));
typedef u32 Words8 __attribute__((ext_vector_type(8)));
typedef u16 Shorts8 __attribute__((ext_vector_type(8)));
typedef _Float16 Halves8 __attribute__((ext_vector_type(8)));
typedef float Floats8 __attribute__((ext_vector_type(8)));
constexpr u32 kMostElements = 64 * 32;
constexpr u32 kMostDoubles = 16 * 16;

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

template <u32 kind>
void read_lines(u32* to, const u8* from, u64 pitch_bytes, u32 lines, u32 count) {
  constexpr u32 step = bits_of(kind);  // bytes of eight elements
  for (u32 line = 0; line < lines; ++line, from += pitch_bytes, to += count) {
    u32 i = 0;
    for (; i + 8 <= count; i += 8) write(to + i, eight<kind>(from + i / 8 * step));
    if constexpr (step == 32) {
      for (; i < count; ++i) to[i] = read<u32>(from + i * 4);
    }
  }
}

// Calls `what` with the kind as a constant; kinds whose elements are words count as f32.
template <class What>
inline void with_kind(u32 kind, What what) {
  if (!with_constant<kF16, kBf16, kE4m3, kE5m2, kS8, kU8, kS4, kU4>(kind, what)) what(Constant<kF32>());
}

void read_words(u32* to, const void* memory, u64 pitch_bytes, u32 kind, u32 lines, u32 count) {
  const u8* from = static_cast<const u8*>(memory);
  with_kind(kind, [=](auto known) { read_lines<known.value>(to, from, pitch_bytes, lines, count); });
}

inline u32 nibbles(Words8 words) {
  const Words8 placed = (words & 15) << Words8{0, 4, 8, 12, 16, 20, 24, 28};
  return __builtin_reduce_or(placed);
}

template <u32 kind>
inline void put_eight(u8* to, Words8 words) {
  if constexpr (kind == kF16) {
    write(to, to_halves(words));
  } else if constexpr (kind == kBf16) {
    write(to, __builtin_convertvector(words >> 16, Shorts8));
  } else if constexpr (kind == kS8 || kind == kU8) {
    write(to, __builtin_convertvector(words, Bytes8));
  } else if constexpr (kind == kS4 || kind == kU4) {
    write(to, nibbles(words));
  } else {
    write(to, words);
  }
}

template <u32 kind>
void write_lines(const u32* from, u8* to, u64 pitch_bytes, u32 lines, u32 count) {
  constexpr u32 step = bits_of(kind);  // bytes of eight elements
  for (u32 line = 0; line < lines; ++line, to += pitch_bytes, from += count) {
    u32 i = 0;
    for (; i + 8 <= count; i += 8) put_eight<kind>(to + i / 8 * step, read<Words8>(from + i));
    if constexpr (step == 32) {
      for (; i < count; ++i) write(to + i * 4, from[i]);
    }
  }
}

void write_words(const u32* from, void* memory, u64 pitch_bytes, u32 kind, u32 lines, u32 count) {
  u8* to = static_cast<u8*>(memory);
  with_kind(kind, [=](auto known) { write_lines<known.value>(from, to, pitch_bytes, lines, count); });
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

template <class T>
inline void turn_singly(T* to, const T* from, u32 lines, u32 count) {
  for (u32 line = 0; line < lines; ++line) {
    for (u32 i = 0; i < count; ++i) to[i * lines + line] = from[line * count + i];
  }
}

void turn(u32* to, const u32* from, u32 lines, u32 count) {
  if ((lines | count) % 8) return turn_singly(to, from, lines, count);
  for (u32 line = 0; line < lines; line += 8) {
    for (u32 i = 0; i < count; i += 8) turn_eight(to + i * lines + line, lines, from + line * count + i, count);
  }
}

void read_doubles(double* to, const void* memory, u64 pitch_bytes, u32 lines, u32 count) {
  for (u32 line = 0; line < lines; ++line) {
    __builtin_memcpy(to + line * count, static_cast<const u8*>(memory) + line * pitch_bytes, count * sizeof(double));
  }
}
void write_doubles(const double* from, void* memory, u64 pitch_bytes, u32 lines, u32 count) {
  for (u32 line = 0; line < lines; ++line) {
    __builtin_memcpy(static_cast<u8*>(memory) + line * pitch_bytes, from + line * count, count * sizeof(double));
  }
}

void load_doubles(double* held, const void* memory, u64 pitch_bytes, u32 height, u32 width, u32 by_rows) {
  if (by_rows) return read_doubles(held, memory, pitch_bytes, height, width);
  double lines[kMostDoubles];
  read_doubles(lines, memory, pitch_bytes, width, height);
  turn_singly(held, lines, width, height);
}

void store_doubles(const double* held, void* memory, u64 pitch_bytes, u32 height, u32 width, u32 by_rows) {
  if (by_rows) return write_doubles(held, memory, pitch_bytes, height, width);
  double lines[kMostDoubles];
  turn_singly(lines, held, height, width);
  write_doubles(lines, memory, pitch_bytes, width, height);
}

// Of bits an element of the pitch is one bit.
inline u64 bytes_of(u64 pitch, u32 kind) { return (pitch * (kind == kB1 ? 1 : bits_of(kind))) >> 3; }

}  // namespace

extern "C" {

void tile_load(void* held, const void* memory, u64 pitch, u32 kind, u32 height, u32 width, u32 by_rows) {
  const u64 pitch_bytes = bytes_of(pitch, kind);
  if (kind == kF64) return load_doubles(static_cast<double*>(held), memory, pitch_bytes, height, width, by_rows);
  u32* const words = static_cast<u32*>(held);
  if (by_rows) return read_words(words, memory, pitch_bytes, kind, height, width);
  alignas(64) u32 lines[kMostElements];
  read_words(lines, memory, pitch_bytes, kind, width, height);
  turn(words, lines, width, height);
}

void tile_store(const void* held, void* memory, u64 pitch, u32 kind, u32 height, u32 width, u32 by_rows) {
  const u64 pitch_bytes = bytes_of(pitch, kind);
  if (kind == kF64) return store_doubles(static_cast<const double*>(held), memory, pitch_bytes, height, width, by_rows);
  const u32* const words = static_cast<const u32*>(held);
  if (by_rows) return write_words(words, memory, pitch_bytes, kind, height, width);
  alignas(64) u32 lines[kMostElements];
  turn(lines, words, height, width);
  write_words(lines, memory, pitch_bytes, kind, width, height);
}
}

}  // namespace crosswarp::cpu
