// Where MFMA's matrices lie in the 64 lanes (CDNA2 and CDNA3 ISA documents, chapter on matrix arithmetic; AMD's matrix instruction
// calculator).
//
// A and B: the rows of a block lie side by side in the lanes, then the blocks, then groups of k; a lane holds as many successive k
// as are left for it. C and D: columns side by side; 4 successive rows (1 of f64) lie in successive registers of a lane.
#pragma once

#include "emulator/records/matrix_tiles.hpp"

namespace cw::amd::matrix {

template <unsigned Rows, unsigned K, unsigned Blocks>
constexpr Place mfma_input(unsigned block, unsigned row, unsigned k) {
  constexpr unsigned kEach = K * Rows * Blocks / 64;
  return {row + Rows * (block + Blocks * (k / kEach)), k % kEach};
}

template <unsigned M, unsigned N, unsigned Blocks, bool Wide>
constexpr Place mfma_output(unsigned block, unsigned row, unsigned column) {
  constexpr unsigned kGroup = Wide ? 1 : 4;
  constexpr unsigned kLanesOfBlock = N * M / kGroup;
  constexpr unsigned kBlocksAbreast = kLanesOfBlock < 64 ? 64 / kLanesOfBlock : 1;
  constexpr unsigned kGroupsAbreast = 64 / kBlocksAbreast / N;
  constexpr unsigned kGroupsOfBlock = M / (kGroup * kGroupsAbreast);
  const unsigned group = row / kGroup;
  const unsigned in_lane = group / kGroupsAbreast + kGroupsOfBlock * (block / kBlocksAbreast);
  return {column + N * (block % kBlocksAbreast + kBlocksAbreast * (group % kGroupsAbreast)), row % kGroup + kGroup * in_lane};
}

// BLGP: the lane whose B is taken. 1, 2: the lower or upper 32 lanes for all; 3: the lane 16 further on; 4 to 7: 16 lanes for all.
constexpr unsigned mfma_b_lane(unsigned blgp, unsigned lane) {
  if (blgp == 0) return lane;
  if (blgp < 3) return lane % 32 + 32 * (blgp - 1);
  if (blgp == 3) return (lane + 16) % 64;
  return lane % 16 + 16 * (blgp - 4);
}

// CBSZ, ABID: of each 2^cbsz successive blocks of A, block `abid` is taken for all.
constexpr unsigned mfma_a_block(unsigned cbsz, unsigned abid, unsigned block) { return (block >> cbsz << cbsz) + abid; }

// C, or D = C for the sparse forms: registers, or one constant for all.
template <typename T, unsigned M, unsigned N, unsigned Blocks>
inline void mfma_read(Tile<T, M, N>& tile, Wave& w, const Operand& o, unsigned block) {
  const bool constant = o.kind != Kind::kVgpr;
  const u64 value = constant ? scalar_value(w, o, sizeof(T) == 8) : 0;
  const u32* at = constant ? nullptr : registers(w, o);
  for (unsigned i = 0; i < M; ++i) {
    for (unsigned j = 0; j < N; ++j) {
      const u64 raw = constant ? value : element<8 * sizeof(T)>(at, 64, mfma_output<M, N, Blocks, sizeof(T) == 8>(block, i, j));
      tile.at[i][j] = join<T>(static_cast<u32>(raw), static_cast<u32>(raw >> 32));
    }
  }
}

template <typename T, unsigned M, unsigned N, unsigned Blocks>
inline void mfma_write(const Tile<T, M, N>& tile, Wave& w, const Operand& o, unsigned block) {
  u32* at = registers(w, o);
  for (unsigned i = 0; i < M; ++i) {
    for (unsigned j = 0; j < N; ++j) {
      const Place p = mfma_output<M, N, Blocks, sizeof(T) == 8>(block, i, j);
      if constexpr (sizeof(T) == 8)
        set_element<64>(at, 64, p, bits<u64>(tile.at[i][j]));
      else
        set_element<32>(at, 64, p, bits<u32>(tile.at[i][j]));
    }
  }
}

template <typename T>
constexpr Type mfma_constant_type() {
  return std::is_same_v<T, f64> ? Type::kF64 : std::is_same_v<T, f32> ? Type::kF32 : Type::kB32;
}

// MI200 flushes denormals of f16 and bf16 matrices, and of their f32 sums; MI300 and every f32 and f64 form keep them (AMD's notes
// on the accuracy of MI200).
template <Number N>
inline bool mfma_flushes(const Wave& w) {
  return width(N) == 16 && w.program->arch().isa == Isa::kGfx90a;
}

template <typename T, unsigned M, unsigned N>
inline void mfma_flush(Tile<T, M, N>& tile) {
  if constexpr (std::is_same_v<T, f32>) {
    for (auto& row : tile.at) {
      for (f32& v : row) v = flush_f32(v);
    }
  }
}

template <Number N>
inline Reading mfma_reading(const Wave& w) {
  const Isa isa = w.program->arch().isa;
  return {.flush = mfma_flushes<N>(w), .format = float8_format(isa, N == Number::kBf8)};
}

}  // namespace cw::amd::matrix
