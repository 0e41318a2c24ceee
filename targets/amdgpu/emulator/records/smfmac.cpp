// Sparse matrix multiply-accumulate of gfx942: D += A * B, where of each 4 successive k only 2 elements of A are there.
//
// The third operand holds, in the lane that holds them, 2 bits for each element of A: which of the four it is. A register has room
// for several such sets: with CBSZ 0, ABID says which one is taken; with any other CBSZ it is the first.
#include "emulator/machine/record.hpp"
#include "emulator/records/mfma_layout.hpp"

namespace cw::amd::matrix {
namespace {

template <Number NA, Number NB, unsigned M, unsigned N, unsigned K>
struct Smfmac {
  using T = Sum<NA>;
  static constexpr unsigned kKept = K / 2;
  static constexpr unsigned kIndexBits = 2 * (kKept * M / 64);  // of a lane's elements

  static const Instruction* run(Wave& w, const Instruction& i) {
    const unsigned set = i.cbsz == 0 ? i.abid : 0;
    if (set >= 32 / kIndexBits) return stop(w, i, "abid beyond the sets of indices");
    if (i.blgp != 0) return stop(w, i, "blgp where the instruction has none");
    Tile<T, M, kKept> a;
    Tile<T, K, N> b;
    Tile<T, M, N> sums;
    u8 rows[M][kKept];
    const u32* indices = registers(w, i.source[2]);
    const auto place = [](unsigned row, unsigned k) { return mfma_input<M, kKept, 1>(0, row, k); };
    for (unsigned m = 0; m < M; ++m) {
      for (unsigned k = 0; k < kKept; ++k) {
        const Place p = place(m, k);
        rows[m][k] = static_cast<u8>(k / 2 * 4 + (indices[p.lane] >> (set * kIndexBits + 2 * p.element) & 3));
      }
    }
    gather_a<NA>(a, w, i.source[0], mfma_reading<NA>(w), place);
    gather_b<NB>(b, w, i.source[1], mfma_reading<NB>(w),
                 [](unsigned column, unsigned k) { return mfma_input<N, K, 1>(0, column, k); });
    mfma_read<T, M, N, 1>(sums, w, i.destination, 0);
    multiply(sums, a, b, [&rows](unsigned m, unsigned k) { return rows[m][k]; });
    mfma_write<T, M, N, 1>(sums, w, i.destination, 0);
    return after(i);
  }
  static constexpr Record record(const char* name) { return {name, &run, &run}; }
};

#define SMFMAC(name, a, b, ...) \
  static const Announce CW_JOIN(announce_, __COUNTER__)(Smfmac<Number::a, Number::b, __VA_ARGS__>::record(#name))

SMFMAC(v_smfmac_f32_16x16x32_f16, kF16, kF16, 16, 16, 32);
SMFMAC(v_smfmac_f32_32x32x16_f16, kF16, kF16, 32, 32, 16);
SMFMAC(v_smfmac_f32_16x16x32_bf16, kBf16, kBf16, 16, 16, 32);
SMFMAC(v_smfmac_f32_32x32x16_bf16, kBf16, kBf16, 32, 32, 16);
SMFMAC(v_smfmac_i32_16x16x64_i8, kI8, kI8, 16, 16, 64);
SMFMAC(v_smfmac_i32_32x32x32_i8, kI8, kI8, 32, 32, 32);
SMFMAC(v_smfmac_f32_16x16x64_bf8_bf8, kBf8, kBf8, 16, 16, 64);
SMFMAC(v_smfmac_f32_16x16x64_bf8_fp8, kBf8, kFp8, 16, 16, 64);
SMFMAC(v_smfmac_f32_16x16x64_fp8_bf8, kFp8, kBf8, 16, 16, 64);
SMFMAC(v_smfmac_f32_16x16x64_fp8_fp8, kFp8, kFp8, 16, 16, 64);
SMFMAC(v_smfmac_f32_32x32x32_bf8_bf8, kBf8, kBf8, 32, 32, 32);
SMFMAC(v_smfmac_f32_32x32x32_bf8_fp8, kBf8, kFp8, 32, 32, 32);
SMFMAC(v_smfmac_f32_32x32x32_fp8_bf8, kFp8, kBf8, 32, 32, 32);
SMFMAC(v_smfmac_f32_32x32x32_fp8_fp8, kFp8, kFp8, 32, 32, 32);

}  // namespace
}  // namespace cw::amd::matrix
