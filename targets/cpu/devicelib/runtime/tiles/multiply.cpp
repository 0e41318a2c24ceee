// Products of whole matrices: rows of D are in vector registers while k goes up.
#include "tiles.h"

namespace crosswarp::cpu {
namespace {

struct Fused {
  template <class V>
  static V add(V a, V b, V total) {
    return __builtin_elementwise_fma(a, b, total);
  }
};
struct Integer {
  template <class V>
  static V add(V a, V b, V total) {
    return total + a * b;
  }
};
struct AndBits {
  template <class V>
  static V add(V a, V b, V total) {
    return total + __builtin_elementwise_popcount(a & b);
  }
};
struct XorBits {
  template <class V>
  static V add(V a, V b, V total) {
    return total + __builtin_elementwise_popcount(a ^ b);
  }
};

template <class T>
struct Operands {
  T* d;
  const T *a, *b, *c;
  u32 n;
};

// R rows and W columns of D. C may be null: zeros.
template <class Step, class T, u32 R, u32 W, u32 K>
inline __attribute__((always_inline)) void block(const Operands<T>& o, u32 row, u32 column) {
  typedef T V __attribute__((ext_vector_type(W)));
  typedef T Unaligned __attribute__((ext_vector_type(W), aligned(4)));
  V sum[R];
#pragma clang loop unroll(full)
  for (u32 r = 0; r < R; ++r) sum[r] = *reinterpret_cast<const Unaligned*>(o.c + (row + r) * o.n + column);
  const T* a = o.a + row * K;
  const T* b = o.b + column;
#pragma clang loop unroll(disable)
  for (u32 k = 0; k < K; ++k, b += o.n, ++a) {
    const V right = *reinterpret_cast<const Unaligned*>(b);
#pragma clang loop unroll(full)
    for (u32 r = 0; r < R; ++r) sum[r] = Step::add(V(a[r * K]), right, sum[r]);
  }
#pragma clang loop unroll(full)
  for (u32 r = 0; r < R; ++r) *reinterpret_cast<Unaligned*>(o.d + (row + r) * o.n + column) = sum[r];
}

template <class Step, class T, u32 R, u32 W, u32 K>
__attribute__((noinline)) void blocks(const Operands<T>& o, u32 m) {
  for (u32 row = 0; row < m; row += R) {
    for (u32 column = 0; column < o.n; column += W) block<Step, T, R, W, K>(o, row, column);
  }
}

// Two registers of 256 bits, or one of 512, are as wide as 16 elements of 32 bits.
template <class Step, class T, u32 K>
inline void by_size(const Operands<T>& o, u32 m, bool wide) {
  constexpr u32 W = 64 / sizeof(T);
  if (o.n % W) return blocks<Step, T, 8, 8, K>(o, m);
  if (!wide) return blocks<Step, T, 4, W, K>(o, m);
  if (m % 16) return blocks<Step, T, 8, W, K>(o, m);
  blocks<Step, T, 16, W, K>(o, m);
}

constexpr u32 kMostElements = 32 * 32;

inline void truncate(float* to, const float* from, u32 count) {
  for (u32 i = 0; i < count; ++i) to[i] = __builtin_bit_cast(float, __builtin_bit_cast(u32, from[i]) & 0xFFFFE000);
}

inline void round_to_half(float* d, u32 count) {
  typedef float Floats __attribute__((ext_vector_type(8), aligned(4)));
  typedef _Float16 Halves __attribute__((ext_vector_type(8)));
  for (u32 i = 0; i < count; i += 8) {
    Floats& part = *reinterpret_cast<Floats*>(d + i);
    part = __builtin_convertvector(__builtin_convertvector(part, Halves), Floats);
  }
}

// `depths`: the values that k may have.
template <class Step, u32... depths, class T>
void multiply(const Operands<T>& o, u32 m, u32 k, u32 how) {
  with_constant<depths...>(k, [&](auto depth) { by_size<Step, T, depth.value>(o, m, how & kWide); });
}

inline void multiply_floats(const Operands<float>& o, u32 m, u32 k, u32 how) { multiply<Fused, 4, 8, 16, 32>(o, m, k, how); }
inline void multiply_integers(const Operands<int32_t>& o, u32 m, u32 k, u32 how) { multiply<Integer, 16, 32, 64>(o, m, k, how); }

}  // namespace

extern "C" {

void tile_multiply_floats(float* d, const float* a, const float* b, const float* c, u32 m, u32 n, u32 k, u32 how) {
  if (how & kTruncated) {
    alignas(64) float left[kMostElements], right[kMostElements];
    truncate(left, a, m * k);
    truncate(right, b, k * n);
    multiply_floats({d, left, right, c, n}, m, k, how);
  } else {
    multiply_floats({d, a, b, c, n}, m, k, how);
  }
  if (how & kRounded) round_to_half(d, m * n);
}

void tile_multiply_doubles(double* d, const double* a, const double* b, const double* c, u32 m, u32 n, u32 k, u32 how) {
  multiply<Fused, 4, 8, 16>(Operands<double>{d, a, b, c, n}, m, k, how);
}

void tile_multiply_integers(int32_t* d, const int32_t* a, const int32_t* b, const int32_t* c, u32 m, u32 n, u32 k, u32 how) {
  if (!(how & kSaturated)) return multiply_integers({d, a, b, c, n}, m, k, how);
  // A sum of products alone stays within 32 bits.
  alignas(64) int32_t sum[kMostElements] = {};
  multiply_integers({sum, a, b, sum, n}, m, k, how);
  for (u32 i = 0; i < m * n; ++i) d[i] = __builtin_elementwise_add_sat(c[i], sum[i]);
}

void tile_multiply_bits(u32* d, const u32* a, const u32* b, const u32* c, u32 m, u32 n, u32 k, u32 how) {
  const Operands<u32> o{d, a, b, c, n};
  if (how & kAndBits) return multiply<AndBits, 4, 8>(o, m, k, how);
  multiply<XorBits, 4, 8>(o, m, k, how);
}
}

}  // namespace crosswarp::cpu
