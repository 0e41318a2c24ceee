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
}

}  // namespace crosswarp::cpu
