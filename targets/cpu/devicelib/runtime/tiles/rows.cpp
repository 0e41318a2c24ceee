// `ldmatrix`, `stmatrix`, `movmatrix`: 8 by 8 halves of which each lane names a row.
#include "elements.h"

namespace crosswarp::cpu {
namespace {

inline const u8* row_of(const Warp* warp, u32 first, u32 row) {
  u64 address;
  __builtin_memcpy(&address, registers(warp, row) + 4 * first, sizeof address);
  return reinterpret_cast<const u8*>(address);
}

inline u16* halves(const Warp* warp, u32 lane, u32 word) {
  return const_cast<u16*>(reinterpret_cast<const u16*>(registers(warp, lane) + 4 * word));
}

// Calls `move(element of the row, half of the register)` for all elements of 8 by 8 matrices; the registers follow the address.
template <class Move>
inline void for_each_half(const Warp* warp, u32 first, u32 count, bool transposed, Move move) {
  for (u32 row = 0; row < 8 * count; ++row) {
    u16* const memory = reinterpret_cast<u16*>(const_cast<u8*>(row_of(warp, first, row)));
    for (u32 column = 0; column < 8; ++column) {
      const u32 line = transposed ? column : row % 8, at = transposed ? row % 8 : column;
      move(memory + column, halves(warp, 4 * line + at / 2, first + 2 + row / 8) + at % 2);
    }
  }
}

typedef u16 Halves __attribute__((ext_vector_type(8)));

// Three times the rows of the upper half go between those of the lower one, element by element: rows become columns.
inline void turn(Halves (&rows)[8]) {
  for (u32 step = 0; step < 3; ++step) {
    Halves mixed[8];
    for (u32 i = 0; i < 4; ++i) {
      mixed[2 * i] = __builtin_shufflevector(rows[i], rows[i + 4], 0, 8, 1, 9, 2, 10, 3, 11);
      mixed[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + 4], 4, 12, 5, 13, 6, 14, 7, 15);
    }
    __builtin_memcpy(rows, mixed, sizeof mixed);
  }
}

// Eight lines of 16 bytes, which are rows of the matrix, or columns if it `turns`.
template <u32 kind>
inline void take(u32* held, u32 pitch, const u8* lines, bool turns) {
  constexpr u32 count = 128 / bits_of(kind), step = bits_of(kind);  // elements of a line; bytes of eight elements
  if constexpr (count == 4) {
    const u32* words = reinterpret_cast<const u32*>(lines);
    for (u32 i = 0; i < 32; ++i) held[turns ? i % 4 * pitch + i / 4 : i / 4 * pitch + i % 4] = words[i];
  } else {
    for (u32 i = 0; i < count; i += 8) {
      u32 words[8 * 8];
      u32* const to = turns ? words : held + i;
      const u32 to_pitch = turns ? 8 : pitch;
      for (u32 line = 0; line < 8; ++line) write(to + line * to_pitch, eight<kind>(lines + line * 16 + i / 8 * step));
      if (turns) turn_eight(held + i * pitch, pitch, words, 8);
    }
  }
}

}  // namespace

extern "C" {

void tile_load_rows(const Warp* warp, u32 first, u32 count, u32 transposed) {
  for_each_half(warp, first, count, transposed, [](const u16* memory, u16* half) { *half = *memory; });
}

void tile_take_rows(const Warp* warp, u32 first, u32 number, u32* held, u32 pitch, u32 kind, u32 transposed, u32 is_b) {
  Halves lines[8];
  for (u32 row = 0; row < 8; ++row) __builtin_memcpy(&lines[row], row_of(warp, first, 8 * number + row), sizeof lines[row]);
  // Columns of halves are rows of the matrix: where elements are halves nothing need be turned twice.
  const bool is_half = bits_of(kind) == 16;
  if (transposed && !is_half) turn(lines);
  const bool turns = is_half ? is_b != transposed : is_b;
  with_kind(kind, [&](auto known) { take<known.value>(held, pitch, reinterpret_cast<const u8*>(lines), turns); });
}

void tile_store_rows(const Warp* warp, u32 first, u32 count, u32 transposed) {
  for_each_half(warp, first, count, transposed, [](u16* memory, const u16* half) { *memory = *half; });
}

void tile_transpose(const Warp* warp, u32 first) {
  u16 matrix[8][8];
  for (u32 i = 0; i < 64; ++i) matrix[i / 8][i % 8] = halves(warp, i / 2, first)[i % 2];
  for (u32 i = 0; i < 64; ++i) halves(warp, i / 2, first)[i % 2] = matrix[i % 8][i / 8];
}
}

}  // namespace crosswarp::cpu
