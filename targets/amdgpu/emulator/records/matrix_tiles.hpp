// Matrices that lie spread over the registers and lanes of a wave: gathered, multiplied, put back.
//
// AMD documents neither the order nor the precision of the sums inside a matrix instruction. Chosen here: floating-point results
// start from C and take one fused multiply-add for each k, in rising order, rounded to nearest even in the type of the sum (f32,
// or f64); 16-bit results are rounded once, at the end. Products of 8- and 16-bit formats are exact in f32 before they are added.
// Integer sums are exact; C is added last, modulo 2^32 or saturating.
#pragma once

#include "emulator/machine/lane_operands.hpp"
#include "emulator/records/matrix_numbers.hpp"

namespace cw::amd::matrix {

// Where an element lies: its lane, and its number among the elements of that lane, counted from the lowest bits of the first
// register.
struct Place {
  unsigned lane, element;
};

// The registers of an operand; accumulation registers are numbered from 256.
inline u32* registers(Wave& w, const Operand& o) { return w.lane_values(o.index < 256 ? o.index : o.index - 256 + w.acc_offset); }

template <unsigned Width>
inline u64 element(const u32* at, unsigned lanes, Place p) {
  const unsigned bit = p.element * Width;
  const u32 word = at[bit / 32 * lanes + p.lane];
  if constexpr (Width == 64) return word | u64{at[(bit / 32 + 1) * lanes + p.lane]} << 32;
  if constexpr (Width == 32) return word;
  return word >> bit % 32 & ((1u << Width % 32) - 1);
}

template <unsigned Width>
inline void set_element(u32* at, unsigned lanes, Place p, u64 value) {
  const unsigned bit = p.element * Width;
  u32& word = at[bit / 32 * lanes + p.lane];
  if constexpr (Width < 32) {
    const u32 ones = ((1u << Width) - 1) << bit % 32;
    word = (word & ~ones) | (static_cast<u32>(value) << bit % 32 & ones);
  } else {
    word = static_cast<u32>(value);
    if constexpr (Width == 64) at[(bit / 32 + 1) * lanes + p.lane] = static_cast<u32>(value >> 32);
  }
}

template <typename T, unsigned Rows, unsigned Columns>
struct Tile {
  alignas(64) T at[Rows][Columns];
};

template <Number N>
inline Sum<N> read_element(const u32* at, unsigned lanes, Place p, const Reading& reading) {
  const Sum<N> v = number<N>(element<width(N)>(at, lanes, p), reading);
  return reading.negate[p.element & 1] ? -v : v;
}

// `place(row, k)` says where the elements of A lie; for B, `row` is the column.
template <Number N, unsigned Rows, unsigned K, typename F>
inline void gather_a(Tile<Sum<N>, Rows, K>& tile, Wave& w, const Operand& o, const Reading& reading, F place) {
  const u32* at = registers(w, o);
  for (unsigned i = 0; i < Rows; ++i) {
    for (unsigned k = 0; k < K; ++k) tile.at[i][k] = read_element<N>(at, w.lanes, place(i, k), reading);
  }
}

template <Number N, unsigned K, unsigned Columns, typename F>
inline void gather_b(Tile<Sum<N>, K, Columns>& tile, Wave& w, const Operand& o, const Reading& reading, F place) {
  const u32* at = registers(w, o);
  for (unsigned k = 0; k < K; ++k) {
    for (unsigned j = 0; j < Columns; ++j) tile.at[k][j] = read_element<N>(at, w.lanes, place(j, k), reading);
  }
}

template <typename T>
inline T multiply_add(T a, T b, T c) {
  if constexpr (std::is_same_v<T, i32>) return static_cast<i32>(static_cast<u32>(a) * static_cast<u32>(b) + static_cast<u32>(c));
  if constexpr (std::is_same_v<T, f32>) return __builtin_fmaf(a, b, c);
  if constexpr (std::is_same_v<T, f64>) return __builtin_fma(a, b, c);
}

// sums += A * B. `pick(i, k)` is the row of B that meets A's element k of row i: k itself, unless A is sparse.
template <typename T, unsigned M, unsigned N, unsigned KofA, unsigned KofB, typename F>
inline void multiply(Tile<T, M, N>& sums, const Tile<T, M, KofA>& a, const Tile<T, KofB, N>& b, F pick) {
  for (unsigned i = 0; i < M; ++i) {
    for (unsigned k = 0; k < KofA; ++k) {
      const T factor = a.at[i][k];
      const T* row = b.at[pick(i, k)];
      for (unsigned j = 0; j < N; ++j) sums.at[i][j] = multiply_add(factor, row[j], sums.at[i][j]);
    }
  }
}

inline unsigned same_k(unsigned, unsigned k) { return k; }

}  // namespace cw::amd::matrix
