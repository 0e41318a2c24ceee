// Dense matrix multiply-add of gfx90a and gfx942: D = A * B + C, for one or several blocks of matrices. EXEC plays no part.
#include "emulator/machine/record.hpp"
#include "emulator/records/mfma_layout.hpp"

namespace cw::amd::matrix {
namespace {

// Which modifiers an instruction has: blocks of A can be exchanged only where there are several; lanes of B everywhere on gfx90a
// but for f64, on gfx942 only where there are several blocks or the format is f32. The bits mean negation of A, B and C for f64 on
// gfx942.
template <Number N, unsigned Blocks>
const char* wrong_modifier(const Wave& w, const Instruction& i) {
  const bool gfx942 = w.program->arch().isa == Isa::kGfx942;
  const bool moves_b = N == Number::kF64 ? gfx942 : !gfx942 || Blocks > 1 || N == Number::kF32;
  if ((i.cbsz != 0 || i.abid != 0) && (1u << i.cbsz > Blocks || i.abid >= 1u << i.cbsz))
    return "cbsz or abid out of the blocks of A";
  return i.blgp != 0 && !moves_b ? "blgp where the instruction has none" : nullptr;
}

template <Number NA, Number NB, unsigned M, unsigned N, unsigned K, unsigned Blocks>
struct Mfma {
  using T = Sum<NA>;
  static constexpr bool kNegates = NA == Number::kF64;
  struct Block {
    Tile<T, M, K> a;
    Tile<T, K, N> b;
    Tile<T, M, N> c;
  };

  static void read(Block& block, Wave& w, const Instruction& i, unsigned number) {
    Reading a = mfma_reading<NA>(w), b = mfma_reading<NB>(w);
    if (kNegates) a.negate[0] = a.negate[1] = i.blgp & 1, b.negate[0] = b.negate[1] = i.blgp & 2;
    const unsigned moved = mfma_a_block(i.cbsz, i.abid, number), blgp = kNegates ? 0 : i.blgp;
    gather_a<NA>(block.a, w, i.source[0], a, [=](unsigned row, unsigned k) { return mfma_input<M, K, Blocks>(moved, row, k); });
    gather_b<NB>(block.b, w, i.source[1], b, [=](unsigned column, unsigned k) {
      const Place p = mfma_input<N, K, Blocks>(number, column, k);
      return Place{mfma_b_lane(blgp, p.lane), p.element};
    });
    mfma_read<T, M, N, Blocks>(block.c, w, i.source[2], number);
    if (mfma_flushes<NA>(w)) mfma_flush(block.c);
    if (kNegates && i.blgp & 4) negate(block.c);
  }
  static void negate(Tile<T, M, N>& tile) {
    for (auto& row : tile.at) {
      for (T& v : row) v = -v;
    }
  }
  static const Instruction* run(Wave& w, const Instruction& i) {
    if (const char* why = wrong_modifier<NA, Blocks>(w, i)) return stop(w, i, why);
    Block blocks[Blocks];  // all of them are read before D, which may be A's or C's registers, is written
    for (unsigned n = 0; n < Blocks; ++n) read(blocks[n], w, i, n);
    for (unsigned n = 0; n < Blocks; ++n) {
      multiply(blocks[n].c, blocks[n].a, blocks[n].b, same_k);
      if (mfma_flushes<NA>(w)) mfma_flush(blocks[n].c);
      mfma_write<T, M, N, Blocks>(blocks[n].c, w, i.destination, n);
    }
    return after(i);
  }
  static constexpr Record record(const char* name) { return {name, &run, &run, {Type::kB32, Type::kB32, mfma_constant_type<T>()}}; }
};

#define MFMA(name, a, b, ...) \
  static const Announce CW_JOIN(announce_, __COUNTER__)(Mfma<Number::a, Number::b, __VA_ARGS__>::record(#name))

//                                                        M   N   K  blocks
MFMA(v_mfma_f32_32x32x1_2b_f32, kF32, kF32, 32, 32, 1, 2);
MFMA(v_mfma_f32_16x16x1_4b_f32, kF32, kF32, 16, 16, 1, 4);
MFMA(v_mfma_f32_4x4x1_16b_f32, kF32, kF32, 4, 4, 1, 16);
MFMA(v_mfma_f32_32x32x2_f32, kF32, kF32, 32, 32, 2, 1);
MFMA(v_mfma_f32_16x16x4_f32, kF32, kF32, 16, 16, 4, 1);
MFMA(v_mfma_f32_16x16x8_xf32, kXf32, kXf32, 16, 16, 8, 1);
MFMA(v_mfma_f32_32x32x4_xf32, kXf32, kXf32, 32, 32, 4, 1);
MFMA(v_mfma_f64_16x16x4_f64, kF64, kF64, 16, 16, 4, 1);
MFMA(v_mfma_f64_4x4x4_4b_f64, kF64, kF64, 4, 4, 4, 4);

MFMA(v_mfma_f32_32x32x4_2b_f16, kF16, kF16, 32, 32, 4, 2);
MFMA(v_mfma_f32_16x16x4_4b_f16, kF16, kF16, 16, 16, 4, 4);
MFMA(v_mfma_f32_4x4x4_16b_f16, kF16, kF16, 4, 4, 4, 16);
MFMA(v_mfma_f32_32x32x8_f16, kF16, kF16, 32, 32, 8, 1);
MFMA(v_mfma_f32_16x16x16_f16, kF16, kF16, 16, 16, 16, 1);

MFMA(v_mfma_f32_32x32x4_2b_bf16, kBf16, kBf16, 32, 32, 4, 2);
MFMA(v_mfma_f32_16x16x4_4b_bf16, kBf16, kBf16, 16, 16, 4, 4);
MFMA(v_mfma_f32_4x4x4_16b_bf16, kBf16, kBf16, 4, 4, 4, 16);
MFMA(v_mfma_f32_32x32x8_bf16, kBf16, kBf16, 32, 32, 8, 1);
MFMA(v_mfma_f32_16x16x16_bf16, kBf16, kBf16, 16, 16, 16, 1);
// The first forms of bf16, with half of the k: gfx90a only.
MFMA(v_mfma_f32_32x32x2bf16, kBf16, kBf16, 32, 32, 2, 2);
MFMA(v_mfma_f32_16x16x2bf16, kBf16, kBf16, 16, 16, 2, 4);
MFMA(v_mfma_f32_4x4x2bf16, kBf16, kBf16, 4, 4, 2, 16);
MFMA(v_mfma_f32_32x32x4bf16, kBf16, kBf16, 32, 32, 4, 1);
MFMA(v_mfma_f32_16x16x8bf16, kBf16, kBf16, 16, 16, 8, 1);

MFMA(v_mfma_i32_32x32x4_2b_i8, kI8, kI8, 32, 32, 4, 2);
MFMA(v_mfma_i32_16x16x4_4b_i8, kI8, kI8, 16, 16, 4, 4);
MFMA(v_mfma_i32_4x4x4_16b_i8, kI8, kI8, 4, 4, 4, 16);
MFMA(v_mfma_i32_32x32x8i8, kI8, kI8, 32, 32, 8, 1);    // gfx90a
MFMA(v_mfma_i32_16x16x16i8, kI8, kI8, 16, 16, 16, 1);  // gfx90a
MFMA(v_mfma_i32_32x32x16_i8, kI8, kI8, 32, 32, 16, 1);
MFMA(v_mfma_i32_16x16x32_i8, kI8, kI8, 16, 16, 32, 1);

MFMA(v_mfma_f32_16x16x32_bf8_bf8, kBf8, kBf8, 16, 16, 32, 1);
MFMA(v_mfma_f32_16x16x32_bf8_fp8, kBf8, kFp8, 16, 16, 32, 1);
MFMA(v_mfma_f32_16x16x32_fp8_bf8, kFp8, kBf8, 16, 16, 32, 1);
MFMA(v_mfma_f32_16x16x32_fp8_fp8, kFp8, kFp8, 16, 16, 32, 1);
MFMA(v_mfma_f32_32x32x16_bf8_bf8, kBf8, kBf8, 32, 32, 16, 1);
MFMA(v_mfma_f32_32x32x16_bf8_fp8, kBf8, kFp8, 32, 32, 16, 1);
MFMA(v_mfma_f32_32x32x16_fp8_bf8, kFp8, kBf8, 32, 32, 16, 1);
MFMA(v_mfma_f32_32x32x16_fp8_fp8, kFp8, kFp8, 32, 32, 16, 1);

// gfx90a's names.
ALIAS(v_mfma_f32_32x32x1f32, v_mfma_f32_32x32x1_2b_f32);
ALIAS(v_mfma_f32_16x16x1f32, v_mfma_f32_16x16x1_4b_f32);
ALIAS(v_mfma_f32_4x4x1f32, v_mfma_f32_4x4x1_16b_f32);
ALIAS(v_mfma_f32_32x32x2f32, v_mfma_f32_32x32x2_f32);
ALIAS(v_mfma_f32_16x16x4f32, v_mfma_f32_16x16x4_f32);
ALIAS(v_mfma_f64_16x16x4f64, v_mfma_f64_16x16x4_f64);
ALIAS(v_mfma_f64_4x4x4f64, v_mfma_f64_4x4x4_4b_f64);
ALIAS(v_mfma_f32_32x32x4f16, v_mfma_f32_32x32x4_2b_f16);
ALIAS(v_mfma_f32_16x16x4f16, v_mfma_f32_16x16x4_4b_f16);
ALIAS(v_mfma_f32_4x4x4f16, v_mfma_f32_4x4x4_16b_f16);
ALIAS(v_mfma_f32_32x32x8f16, v_mfma_f32_32x32x8_f16);
ALIAS(v_mfma_f32_16x16x16f16, v_mfma_f32_16x16x16_f16);
ALIAS(v_mfma_f32_32x32x4bf16_1k, v_mfma_f32_32x32x4_2b_bf16);
ALIAS(v_mfma_f32_16x16x4bf16_1k, v_mfma_f32_16x16x4_4b_bf16);
ALIAS(v_mfma_f32_4x4x4bf16_1k, v_mfma_f32_4x4x4_16b_bf16);
ALIAS(v_mfma_f32_32x32x8bf16_1k, v_mfma_f32_32x32x8_bf16);
ALIAS(v_mfma_f32_16x16x16bf16_1k, v_mfma_f32_16x16x16_bf16);
ALIAS(v_mfma_i32_32x32x4i8, v_mfma_i32_32x32x4_2b_i8);
ALIAS(v_mfma_i32_16x16x4i8, v_mfma_i32_16x16x4_4b_i8);
ALIAS(v_mfma_i32_4x4x4i8, v_mfma_i32_4x4x4_16b_i8);

}  // namespace
}  // namespace cw::amd::matrix
