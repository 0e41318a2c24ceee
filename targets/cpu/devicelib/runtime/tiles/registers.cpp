// Matrices between the registers of all lanes and the form in which one lane holds them, in the layouts that PTX documents.
//
// All are made of units of 8 lines of 4 groups; of lane 4 g + t, a register holds the words of line g that belong to group t: one
// word, and of C and D two (of half precision: one, which holds two elements). Lines are rows, of B columns.
#include "tiles.h"

namespace crosswarp::cpu {
namespace {

enum Matrix : u32 { kA, kB, kC };

// Words of 32 bits, or of 64 for f64, line by line.
struct Packed {
  u32 kind, matrix, height, width;
  bool halves() const { return kind == kF16; }
  u32 lines() const { return matrix == kB ? width : height; }
  u32 elements() const { return matrix == kB ? height : width; }
  u32 beside() const { return matrix == kC && !halves() ? 2 : 1; }  // words of a lane in a unit
  u32 packed() const { return kind == kB1 ? 1 : kind == kF64 ? 1 : 32 / bits_of(kind); }
  u32 words() const { return elements() / packed(); }  // of a line
};

// A lane that has exited takes no part, and CUDA leaves open what comes of it; its place is the first lane's.
inline const u8* registers(const Warp* warp, u32 lane) {
  if (!(warp->live >> lane & 1)) lane = static_cast<u32>(__builtin_ctz(warp->live));
  return reinterpret_cast<const u8*>(static_cast<u64>(warp->value_high[lane]) << 32 | warp->value[lane]);
}

constexpr u32 kMostRegisters = 64;

// Where the words of the first lane's registers lie among the packed ones; those of other lanes lie as far behind as `own_words`
// says.
struct Places {
  u32 count = 0;
  u32 word[kMostRegisters];
  explicit Places(const Packed& p) {
    const u32 line_units = p.lines() / 8, beside = p.beside(), depth = p.words() / (4 * beside);
    for (u32 line = 0; line < line_units; ++line) {
      for (u32 unit = 0; unit < depth; ++unit) {
        const u32 number = beside * (p.matrix != kB ? unit * line_units + line : line * depth + unit);
        for (u32 e = 0; e < beside; ++e) word[number + e] = 8 * line * p.words() + 4 * beside * unit + e;
        count += beside;
      }
    }
  }
};
inline u32 own_words(const Packed& p, u32 lane) { return lane / 4 * p.words() + p.beside() * (lane % 4); }

template <class Word>
void collect(const Warp* warp, u32 first, Word* to, const Packed& p) {
  const Places places(p);
  for (u32 lane = 0; lane < kWarpSize; ++lane) {
    const Word* from = reinterpret_cast<const Word*>(registers(warp, lane) + 4 * first);
    Word* const own = to + own_words(p, lane);
    for (u32 n = 0; n < places.count; ++n) own[places.word[n]] = from[n];
  }
}

template <class Word>
void distribute(const Warp* warp, u32 first, const Word* from, const Packed& p) {
  const Places places(p);
  for (u32 lane = 0; lane < kWarpSize; ++lane) {
    Word* to = const_cast<Word*>(reinterpret_cast<const Word*>(registers(warp, lane) + 4 * first));
    const Word* const own = from + own_words(p, lane);
    for (u32 n = 0; n < places.count; ++n) to[n] = own[places.word[n]];
  }
}

constexpr u32 kMostWords = 32 * 16;

inline u64 pitch_of(const Packed& p) { return p.kind == kB1 ? u64{32} * p.words() : p.elements(); }

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

constexpr u32 kBlockWords = 32;
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

}  // namespace

extern "C" {

void tile_gather(const Warp* warp, u32 first, void* held, u32 kind, u32 matrix, u32 height, u32 width) {
  const Packed p{kind, matrix, height, width};
  alignas(64) u64 words[kMostWords];
  if (kind == kF64) {
    collect(warp, first, words, p);
  } else {
    collect(warp, first, reinterpret_cast<u32*>(words), p);
  }
  tile_load(held, words, pitch_of(p), kind, height, width, matrix != kB);
}

void tile_scatter(const Warp* warp, u32 first, const void* held, u32 kind, u32 matrix, u32 height, u32 width) {
  const Packed p{kind, matrix, height, width};
  alignas(64) u64 words[kMostWords];
  tile_store(held, words, pitch_of(p), kind, height, width, matrix != kB);
  if (kind == kF64) {
    distribute(warp, first, words, p);
  } else {
    distribute(warp, first, reinterpret_cast<const u32*>(words), p);
  }
}

void tile_load_rows(const Warp* warp, u32 first, u32 count, u32 transposed) {
  for_each_half(warp, first, count, transposed, [](const u16* memory, u16* half) { *half = *memory; });
}

void tile_read_rows(const Warp* warp, u32 first, u32* blocks, u32 count, u32 transposed) {
  for (u32 n = 0; n < count; ++n, blocks += kBlockWords) {
    Halves rows[8];
    for (u32 row = 0; row < 8; ++row) __builtin_memcpy(&rows[row], row_of(warp, first, 8 * n + row), sizeof rows[row]);
    if (transposed) turn(rows);
    __builtin_memcpy(blocks, rows, sizeof rows);
  }
}

void tile_place(u32* packed, const u32* block, u32 line_words, u32 line, u32 unit) {
  u32* to = packed + 8 * line * line_words + 4 * unit;
  for (u32 g = 0; g < 8; ++g, to += line_words) __builtin_memcpy(to, block + 4 * g, 16);
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
