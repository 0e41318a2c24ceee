// Matrices between memory and the form in which they are held. Lines of memory are rows or columns; columns are turned.
#include "elements.h"

namespace crosswarp::cpu {
namespace {

constexpr u32 kMostElements = 64 * 32;
constexpr u32 kMostDoubles = 16 * 16;

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
