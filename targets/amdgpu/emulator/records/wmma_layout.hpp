// Where WMMA's matrices lie in the lanes of gfx11 and gfx12 (RDNA3 and RDNA4 ISA documents; AMD's matrix instruction calculator).
#pragma once

#include "emulator/machine/record.hpp"
#include "emulator/records/matrix_tiles.hpp"

namespace cw::amd::matrix {

// gfx11: a lane holds a whole row of A, or column of B. All groups of 16 lanes must hold the same; the first is read here.
constexpr Place rdna3_input(unsigned row, unsigned k) { return {row, k}; }

// Successive rows of C and D go to successive groups of 16 lanes.
template <unsigned W>
constexpr Place rdna3_output(unsigned row, unsigned column) {
  return {16 * (row % (W / 16)) + column, row / (W / 16)};
}

// gfx12: the k of a row are spread over the groups of 16 lanes. 16-bit formats do so in pieces of a quarter of K, round after
// round; narrower ones in one piece for each group, where with 64 lanes the upper 32 hold every other piece. 16 values of 4 bits
// are one register of two groups: the upper 32 lanes have none.
template <unsigned W, unsigned Width, unsigned K>
constexpr Place rdna4_input(unsigned row, unsigned k) {
  constexpr unsigned kGroups = W / 16;
  if constexpr (Width == 16) {
    constexpr unsigned kPiece = K / 4;
    const unsigned piece = k / kPiece;
    return {row + 16 * (piece % kGroups), kPiece * (piece / kGroups) + k % kPiece};
  } else {
    constexpr unsigned kPiece = K / kGroups < 32 / Width ? 32 / Width : K / kGroups;
    const unsigned piece = k / kPiece;
    const unsigned group = kPiece * 4 == K ? piece / 2 + 2 * (piece % 2) : piece;
    return {row + 16 * group, k % kPiece};
  }
}

template <unsigned W>
constexpr Place rdna4_output(unsigned row, unsigned column) {
  if constexpr (W == 32) return {16 * (row / 8) + column, row % 8};
  return {16 * (row / 8) + 32 * (row / 4 % 2) + column, row % 4};
}

// C and D: `step` is 2 where gfx11 keeps 16-bit results in one half of their registers, `high` which one.
template <unsigned W, Number N>
inline Place wmma_output(const Wave& w, bool high, unsigned row, unsigned column) {
  if (w.program->arch().isa == Isa::kGfx12) return rdna4_output<W>(row, column);
  const Place p = rdna3_output<W>(row, column);
  return width(N) == 16 ? Place{p.lane, 2 * p.element + (high ? 1u : 0u)} : p;
}

template <Number N>
inline f32 wide_float(u64 raw) {
  if constexpr (N == Number::kF16) return half(static_cast<u16>(raw), false);
  if constexpr (N == Number::kBf16) return brain(static_cast<u16>(raw), false);
  return bits<f32>(static_cast<u32>(raw));
}

template <Number N>
inline u64 narrow_float(f32 v) {
  if constexpr (N == Number::kF16) return bits<u16>(static_cast<f16>(v));
  if constexpr (N == Number::kBf16) return to_brain(v);
  return bits<u32>(v);
}

// Visits the elements of C or D: `f(row, column, place)`.
template <unsigned W, Number N, typename F>
inline void each_output(const Wave& w, bool high, F f) {
  for (unsigned row = 0; row < 16; ++row) {
    for (unsigned column = 0; column < 16; ++column) f(row, column, wmma_output<W, N>(w, high, row, column));
  }
}

template <unsigned W, Number N>
inline void wmma_read(Tile<f32, 16, 16>& tile, Wave& w, const Operand& o, bool high) {
  const bool constant = o.kind != Kind::kVgpr;
  const u64 value = constant ? scalar_value(w, o, false) : 0;
  const u32* at = constant ? nullptr : registers(w, o);
  each_output<W, N>(w, high, [&](unsigned row, unsigned column, Place p) {
    tile.at[row][column] = wide_float<N>(constant ? value : element<width(N)>(at, W, p));
  });
}

template <unsigned W, Number N>
inline void wmma_write(const Tile<f32, 16, 16>& tile, Wave& w, const Operand& o, bool high) {
  u32* at = registers(w, o);
  each_output<W, N>(w, high, [&](unsigned row, unsigned column, Place p) {
    set_element<width(N)>(at, W, p, narrow_float<N>(tile.at[row][column]));
  });
}

// D = C + sums for integers: modulo 2^32, or with `clamp` the nearest number that there is.
template <unsigned W>
inline void wmma_add(const Tile<i32, 16, 16>& sums, Wave& w, const Operand& c, const Operand& d, bool clamp) {
  const bool constant = c.kind != Kind::kVgpr;
  const u32 value = constant ? static_cast<u32>(scalar_value(w, c, false)) : 0;
  const u32* from = constant ? nullptr : registers(w, c);
  Tile<u32, 16, 16> results;
  each_output<W, Number::kF32>(w, false, [&](unsigned row, unsigned column, Place p) {
    const u32 addend = constant ? value : static_cast<u32>(element<32>(from, W, p));
    const i64 exact = i64{static_cast<i32>(addend)} + sums.at[row][column];
    const i64 near = exact > 0x7fffffff ? 0x7fffffff : exact < -0x7fffffffLL - 1 ? -0x7fffffffLL - 1 : exact;
    results.at[row][column] = static_cast<u32>(clamp ? near : exact);
  });
  u32* to = registers(w, d);
  each_output<W, Number::kF32>(w, false,
                               [&](unsigned row, unsigned column, Place p) { set_element<32>(to, W, p, results.at[row][column]); });
}

// NEG of A (`operand` 0) and B (1): negation of elements at even and at odd k; for integers, whether they are signed.
template <Number N>
inline Reading wmma_reading(const Wave& w, const Instruction& i, unsigned operand) {
  Reading reading{.format = float8_format(w.program->arch().isa, N == Number::kBf8)};
  reading.is_signed = i.neg_low >> operand & 1;
  if (width(N) == 16) {
    reading.negate[0] = i.neg_low >> operand & 1;
    reading.negate[1] = i.neg_high >> operand & 1;
  }
  return reading;
}

constexpr Type wmma_constant_type(Number n) {
  if (n == Number::kF16) return Type::kF16;
  if (n == Number::kBf16) return Type::kBf16;
  return n == Number::kF32 ? Type::kF32 : Type::kB32;
}

}  // namespace cw::amd::matrix
