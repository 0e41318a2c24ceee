// Dense matrix multiply-add of gfx11 and gfx12: D = A * B + C of 16 by 16. EXEC plays no part; rounding is to nearest even and
// denormals are kept, whatever MODE says.
#include "emulator/records/wmma_layout.hpp"

namespace cw::amd::matrix {
namespace {

template <unsigned W, Number N, unsigned K, bool kGfx12>
constexpr Place input(unsigned row, unsigned k) {
  if constexpr (kGfx12) return rdna4_input<W, width(N), K>(row, k);
  return rdna3_input(row, k);
}

template <unsigned W, Number NA, Number NB, unsigned K, bool kGfx12>
void add_product(Tile<Sum<NA>, 16, 16>& sums, Wave& w, const Instruction& i) {
  Tile<Sum<NA>, 16, K> a;
  Tile<Sum<NA>, K, 16> b;
  gather_a<NA>(a, w, i.source[0], wmma_reading<NA>(w, i, 0), &input<W, NA, K, kGfx12>);
  gather_b<NB>(b, w, i.source[1], wmma_reading<NB>(w, i, 1), &input<W, NB, K, kGfx12>);
  multiply(sums, a, b, same_k);
}

template <unsigned W, Number NA, Number NB, unsigned K>
void add_product(Tile<Sum<NA>, 16, 16>& sums, Wave& w, const Instruction& i) {
  if (w.program->arch().isa == Isa::kGfx12) return add_product<W, NA, NB, K, true>(sums, w, i);
  add_product<W, NA, NB, K, false>(sums, w, i);
}

// gfx11: whether every 16 lanes of A or B hold the same, as they must. What comes of other contents is not documented.
template <unsigned W>
bool is_repeated(Wave& w, const Operand& o, unsigned count) {
  const u32* at = registers(w, o);
  u32 different = 0;
  for (unsigned group = 0; group < count * W; group += W) {
    for (unsigned l = 16; l < W; ++l) different |= at[group + l] ^ at[group + l - 16];
  }
  return different == 0;
}

template <unsigned W, Number NA, Number NB, unsigned K>
bool inputs_are_valid(Wave& w, const Instruction& i) {
  if (w.program->arch().isa == Isa::kGfx12) return true;
  return is_repeated<W>(w, i.source[0], K * width(NA) / 32) && is_repeated<W>(w, i.source[1], K * width(NB) / 32);
}

// NEG_HI of C takes the absolute value, then NEG negates.
void modify_c(Tile<f32, 16, 16>& c, const Instruction& i) {
  for (auto& row : c.at) {
    for (f32& v : row) v = with_sign(v, i.neg_high & 4, i.neg_low & 4);
  }
}

template <Number NA, Number NB, Number NC, unsigned K>
struct Wmma {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    if (!inputs_are_valid<W, NA, NB, K>(w, i)) return stop(w, i, "a matrix that is not the same in all groups of 16 lanes");
    if constexpr (std::is_same_v<Sum<NA>, i32>) {
      Tile<i32, 16, 16> sums = {};
      add_product<W, NA, NB, K>(sums, w, i);
      wmma_add<W>(sums, w, i.source[2], i.destination, i.clamp);
    } else {
      const bool high = i.op_sel & 4;  // gfx11: the half that holds C and D
      Tile<f32, 16, 16> sums;
      wmma_read<W, NC>(sums, w, i.source[2], high);
      modify_c(sums, i);
      add_product<W, NA, NB, K>(sums, w, i);
      wmma_write<W, NC>(sums, w, i.destination, high);
    }
    return after(i);
  }
  static constexpr Record record(const char* name) {
    return {name, &run<32>, &run<64>, {Type::kB32, Type::kB32, wmma_constant_type(NC)}};
  }
};

#define WMMA(name, a, b, c, k) \
  static const Announce CW_JOIN(announce_, __COUNTER__)(Wmma<Number::a, Number::b, Number::c, k>::record(#name))

WMMA(v_wmma_f32_16x16x16_f16, kF16, kF16, kF32, 16);
WMMA(v_wmma_f32_16x16x16_bf16, kBf16, kBf16, kF32, 16);
WMMA(v_wmma_f16_16x16x16_f16, kF16, kF16, kF16, 16);
WMMA(v_wmma_bf16_16x16x16_bf16, kBf16, kBf16, kBf16, 16);
WMMA(v_wmma_i32_16x16x16_iu8, kI8, kI8, kI8, 16);
WMMA(v_wmma_i32_16x16x16_iu4, kI4, kI4, kI4, 16);
WMMA(v_wmma_i32_16x16x32_iu4, kI4, kI4, kI4, 32);
WMMA(v_wmma_f32_16x16x16_fp8_fp8, kFp8, kFp8, kF32, 16);
WMMA(v_wmma_f32_16x16x16_fp8_bf8, kFp8, kBf8, kF32, 16);
WMMA(v_wmma_f32_16x16x16_bf8_fp8, kBf8, kFp8, kF32, 16);
WMMA(v_wmma_f32_16x16x16_bf8_bf8, kBf8, kBf8, kF32, 16);

}  // namespace
}  // namespace cw::amd::matrix
