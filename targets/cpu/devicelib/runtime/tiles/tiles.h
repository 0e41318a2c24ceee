// Matrices that the first lane of a warp holds for all: row by row, in memory of its own, of `float`, `double` or 32-bit integers.
//
// Generated code calls these functions (targets/cpu/tiles/). Half precision and narrower floats are held as `float`, which is
// exact; integers of 8 and 4 bits as `int32_t`; bits 32 together.
#ifndef CROSSWARP_TARGETS_CPU_TILES_H
#define CROSSWARP_TARGETS_CPU_TILES_H

#include "../../state.h"

#define CW_TILE(label) __asm__("__cwcpu.tile." label)

namespace crosswarp::cpu {

// What elements are in memory and in registers. The numbers are those of targets/cpu/tiles/forms.py.
enum Kind : u32 { kF16, kBf16, kTf32, kE4m3, kE5m2, kF32, kF64, kS8, kU8, kS4, kU4, kB1, kS32 };

constexpr u32 bits_of(u32 kind) {
  switch (kind) {
    case kF16:
    case kBf16:
      return 16;
    case kE4m3:
    case kE5m2:
    case kS8:
    case kU8:
      return 8;
    case kS4:
    case kU4:
      return 4;
    case kF64:
      return 64;
    default:
      return 32;
  }
}

// How a product treats its operands and results.
enum Product : u32 {
  kWide = 1,       // the processor has 32 registers of 512 bits
  kRounded = 2,    // results are rounded to half precision
  kTruncated = 4,  // operands lose the bits that tf32 has not
  kSaturated = 8,  // integers stay within their bounds
  kAndBits = 16,   // products of bits: `and` instead of `xor`
};

template <u32 number>
struct Constant {
  static constexpr u32 value = number;
};
// Calls `what` with the one of `numbers` that `number` is; whether it is one.
template <u32... numbers, class What>
inline bool with_constant(u32 number, What what) {
  return ((number == numbers && (what(Constant<numbers>()), true)) || ...);
}

extern "C" {
// A matrix of `height` rows from memory, whose lines (rows or columns) begin `pitch` elements apart. Of bits, `width` of A and
// `height` of B count words of 32.
void tile_load(void* held, const void* memory, u64 pitch, u32 kind, u32 height, u32 width, u32 by_rows) CW_TILE("load");
void tile_store(const void* held, void* memory, u64 pitch, u32 kind, u32 height, u32 width, u32 by_rows) CW_TILE("store");

// D = A B + C; D may be C. Sums begin with C and go through k in ascending order; each is rounded once.
void tile_multiply_floats(float* d, const float* a, const float* b, const float* c, u32 m, u32 n, u32 k, u32 how) CW_TILE("floats");
void tile_multiply_doubles(double* d, const double* a, const double* b, const double* c, u32 m, u32 n, u32 k, u32 how)
    CW_TILE("doubles");
void tile_multiply_integers(int32_t* d, const int32_t* a, const int32_t* b, const int32_t* c, u32 m, u32 n, u32 k, u32 how)
    CW_TILE("integers");
void tile_multiply_bits(u32* d, const u32* a, const u32* b, const u32* c, u32 m, u32 n, u32 k, u32 how) CW_TILE("bits");

// A matrix out of the registers of all lanes, and into them. Each lane has published where its registers are; `first` is the number
// of the matrix's first word there.
void tile_gather(const Warp* warp, u32 first, void* held, u32 kind, u32 matrix, u32 height, u32 width) CW_TILE("gather");
void tile_scatter(const Warp* warp, u32 first, const void* held, u32 kind, u32 matrix, u32 height, u32 width) CW_TILE("scatter");
// `ldmatrix`, `stmatrix`, `movmatrix`: `first` is the word of the row's address, a pointer; the registers follow it.
void tile_load_rows(const Warp* warp, u32 first, u32 count, u32 transposed) CW_TILE("load_rows");
// One of the 8 by 8 matrices that `ldmatrix` loads, whose registers are a part of A or (`is_b`) B: into its place in the matrix as
// it is held, `pitch` words from row to row.
void tile_take_rows(const Warp* warp, u32 first, u32 number, u32* held, u32 pitch, u32 kind, u32 transposed, u32 is_b)
    CW_TILE("take_rows");
void tile_store_rows(const Warp* warp, u32 first, u32 count, u32 transposed) CW_TILE("store_rows");
void tile_transpose(const Warp* warp, u32 first) CW_TILE("transpose");
}

// A lane that has exited takes no part, and CUDA leaves open what comes of it; its place is the first lane's.
inline const u8* registers(const Warp* warp, u32 lane) {
  if (!(warp->live >> lane & 1)) lane = static_cast<u32>(__builtin_ctz(warp->live));
  return reinterpret_cast<const u8*>(static_cast<u64>(warp->value_high[lane]) << 32 | warp->value[lane]);
}

}  // namespace crosswarp::cpu
#endif
