// Sparse matrix multiply-accumulate of gfx12: D += A * B, where of each 4 successive k only 2 elements of A are there.
//
// The third operand holds, in the lane that holds them, 2 bits for each element of A: which of the four it is. A register has room
// for one, two or four such sets; op_sel of the first two operands says which one is taken.
#include "emulator/records/wmma_layout.hpp"

namespace cw::amd::matrix {
namespace {

template <unsigned W, Number NA, unsigned K>
struct Picked {
  static constexpr unsigned kKept = K / 2;
  static constexpr unsigned kOfLane = kKept * 16 / W < 32 / width(NA) ? 32 / width(NA) : kKept * 16 / W;
  static constexpr unsigned kIndexBits = 2 * kOfLane;
  u8 rows[16][kKept];

  static unsigned sets() { return 32 / kIndexBits; }
  Picked(Wave& w, const Operand& o, unsigned set) {
    const u32* indices = registers(w, o);
    for (unsigned m = 0; m < 16; ++m) {
      for (unsigned k = 0; k < kKept; ++k) {
        const Place p = rdna4_input<W, width(NA), kKept>(m, k);
        rows[m][k] = static_cast<u8>(k / 2 * 4 + (indices[p.lane] >> (set * kIndexBits + 2 * p.element) & 3));
      }
    }
  }
};

template <Number NA, Number NB, Number ND, unsigned K>
struct Swmmac {
  template <unsigned W>
  static void add_product(Tile<Sum<NA>, 16, 16>& sums, Wave& w, const Instruction& i) {
    const Picked<W, NA, K> picked(w, i.source[2], i.op_sel & 3);
    Tile<Sum<NA>, 16, K / 2> a;
    Tile<Sum<NA>, K, 16> b;
    gather_a<NA>(a, w, i.source[0], wmma_reading<NA>(w, i, 0), &rdna4_input<W, width(NA), K / 2>);
    gather_b<NB>(b, w, i.source[1], wmma_reading<NB>(w, i, 1), &rdna4_input<W, width(NB), K>);
    multiply(sums, a, b, [&picked](unsigned m, unsigned k) { return picked.rows[m][k]; });
  }
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    if ((i.op_sel & 3u) >= Picked<W, NA, K>::sets()) return stop(w, i, "index_key beyond the sets of indices");
    if constexpr (std::is_same_v<Sum<NA>, i32>) {
      Tile<i32, 16, 16> sums = {};
      add_product<W>(sums, w, i);
      wmma_add<W>(sums, w, i.destination, i.destination, i.clamp);
    } else {
      Tile<f32, 16, 16> sums;
      wmma_read<W, ND>(sums, w, i.destination, false);
      add_product<W>(sums, w, i);
      wmma_write<W, ND>(sums, w, i.destination, false);
    }
    return after(i);
  }
  static constexpr Record record(const char* name) { return {name, &run<32>, &run<64>}; }
};

#define SWMMAC(name, a, b, d, k) \
  static const Announce CW_JOIN(announce_, __COUNTER__)(Swmmac<Number::a, Number::b, Number::d, k>::record(#name))

SWMMAC(v_swmmac_f32_16x16x32_f16, kF16, kF16, kF32, 32);
SWMMAC(v_swmmac_f32_16x16x32_bf16, kBf16, kBf16, kF32, 32);
SWMMAC(v_swmmac_f16_16x16x32_f16, kF16, kF16, kF16, 32);
SWMMAC(v_swmmac_bf16_16x16x32_bf16, kBf16, kBf16, kBf16, 32);
SWMMAC(v_swmmac_i32_16x16x32_iu8, kI8, kI8, kI8, 32);
SWMMAC(v_swmmac_i32_16x16x32_iu4, kI4, kI4, kI4, 32);
SWMMAC(v_swmmac_i32_16x16x64_iu4, kI4, kI4, kI4, 64);
SWMMAC(v_swmmac_f32_16x16x32_fp8_fp8, kFp8, kFp8, kF32, 32);
SWMMAC(v_swmmac_f32_16x16x32_fp8_bf8, kFp8, kBf8, kF32, 32);
SWMMAC(v_swmmac_f32_16x16x32_bf8_fp8, kBf8, kFp8, kF32, 32);
SWMMAC(v_swmmac_f32_16x16x32_bf8_bf8, kBf8, kBf8, kF32, 32);

}  // namespace
}  // namespace cw::amd::matrix
