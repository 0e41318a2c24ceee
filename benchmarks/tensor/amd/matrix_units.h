// AMD's matrix units by their built-ins, one `Unit` for each type of the factors: D = A B + C of one tile.
//
//   kTile     rows and columns of a tile; -DMFMA_32 takes 32 by 32 where there is MFMA
//   Factor    what a lane holds of A (row `lane % kTile`) or of B (column `lane % kTile`): successive elements along k, from
//             `offset(lane)` on. MFMA and gfx12 spread k over groups of lanes. Since a sum may be taken in any order, a lane has
//             as many successive elements as one load brings, and A and B agree.
//   kDepth    how much of k one `multiply` covers
//   Sums      what a lane holds of C and D: column `lane % kTile`, rows `row(lane, r)`
#pragma once

#define DEVICE static inline __attribute__((device, always_inline))
#define VECTOR(type, n) type __attribute__((ext_vector_type(n)))

#ifdef __GFX9__
constexpr int kWave = 64;
#else
constexpr int kWave = 32;
#endif

#if defined(MFMA_32) && defined(__GFX9__)
constexpr int kTile = 32;
#define MFMA(small, large) __builtin_amdgcn_mfma_##large
#else
constexpr int kTile = 16;
#define MFMA(small, large) __builtin_amdgcn_mfma_##small
#endif

#if defined(__GFX9__)
constexpr int kSumCount = kTile * kTile / kWave;
constexpr int kGroups = kWave / kTile;  // of lanes, along k
DEVICE int row_of_sum(int lane, int r) { return r / 4 * 4 * kGroups + lane / kTile * 4 + r % 4; }
#elif defined(__GFX12__)
constexpr int kSumCount = 8, kGroups = 2;
DEVICE int row_of_sum(int lane, int r) { return lane / 16 * 8 + r; }
#else
constexpr int kSumCount = 8, kGroups = 1;
DEVICE int row_of_sum(int lane, int r) { return 2 * r + lane / 16; }
#endif

template <class T, class Sum, int kEach>
struct UnitBase {
  using Factor = VECTOR(T, kEach);
  using Sums = VECTOR(Sum, kSumCount);
  static constexpr int kDepth = kEach * kGroups;
  DEVICE int offset(int lane) { return kGroups == 1 ? 0 : lane / kTile * kEach; }
  DEVICE int row(int lane, int r) { return row_of_sum(lane, r); }
  DEVICE Factor load(const T* from) { return *(const Factor*)from; }
};

template <class T>
struct Unit;

#ifdef __GFX9__
using Half4 = VECTOR(_Float16, 4);
using Brain4 = VECTOR(__bf16, 4);
using Short4 = VECTOR(short, 4);
using Long2 = VECTOR(long, 2);
using Int4 = VECTOR(int, 4);

template <>
struct Unit<_Float16> : UnitBase<_Float16, float, 8> {
  DEVICE Sums step(Half4 a, Half4 b, Sums c) { return MFMA(f32_16x16x16f16, f32_32x32x8f16)(a, b, c, 0, 0, 0); }
  DEVICE Sums multiply(Factor a, Factor b, Sums c) { return step(a.hi, b.hi, step(a.lo, b.lo, c)); }
};
template <>
struct Unit<__bf16> : UnitBase<__bf16, float, 8> {
  DEVICE Sums step(Brain4 x, Brain4 y, Sums c) {
    const Short4 a = __builtin_bit_cast(Short4, x), b = __builtin_bit_cast(Short4, y);
    return MFMA(f32_16x16x16bf16_1k, f32_32x32x8bf16_1k)(a, b, c, 0, 0, 0);
  }
  DEVICE Sums multiply(Factor a, Factor b, Sums c) { return step(a.hi, b.hi, step(a.lo, b.lo, c)); }
};
template <>
struct Unit<signed char> : UnitBase<signed char, int, 16> {
#ifdef __gfx90a__
  DEVICE Sums step(int a, int b, Sums c) { return MFMA(i32_16x16x16i8, i32_32x32x8i8)(a, b, c, 0, 0, 0); }
  DEVICE Sums multiply(Factor x, Factor y, Sums c) {
    const Int4 a = __builtin_bit_cast(Int4, x), b = __builtin_bit_cast(Int4, y);
    return step(a.w, b.w, step(a.z, b.z, step(a.y, b.y, step(a.x, b.x, c))));
  }
#else
  DEVICE Sums step(long a, long b, Sums c) { return MFMA(i32_16x16x32_i8, i32_32x32x16_i8)(a, b, c, 0, 0, 0); }
  DEVICE Sums multiply(Factor x, Factor y, Sums c) {
    const Long2 a = __builtin_bit_cast(Long2, x), b = __builtin_bit_cast(Long2, y);
    return step(a.y, b.y, step(a.x, b.x, c));
  }
#endif
};
#ifndef MFMA_32
template <>
struct Unit<double> : UnitBase<double, double, 2> {
  DEVICE int row(int lane, int r) { return 4 * r + lane / 16; }
  DEVICE Sums multiply(Factor a, Factor b, Sums c) {
    c = __builtin_amdgcn_mfma_f64_16x16x4f64(a.x, b.x, c, 0, 0, 0);
    return __builtin_amdgcn_mfma_f64_16x16x4f64(a.y, b.y, c, 0, 0, 0);
  }
};
#endif
#else
#ifdef __GFX12__
#define WMMA(name) __builtin_amdgcn_wmma_##name##_w32_gfx12
#else
#define WMMA(name) __builtin_amdgcn_wmma_##name##_w32
#endif
constexpr int kHalves = 16 / kGroups;  // 16-bit factors in a lane

template <>
struct Unit<_Float16> : UnitBase<_Float16, float, kHalves> {
  DEVICE Sums multiply(Factor a, Factor b, Sums c) { return WMMA(f32_16x16x16_f16)(a, b, c); }
};
template <>
struct Unit<__bf16> : UnitBase<__bf16, float, kHalves> {
  using Shorts = VECTOR(short, kHalves);
  DEVICE Sums multiply(Factor a, Factor b, Sums c) {
    return WMMA(f32_16x16x16_bf16)(__builtin_bit_cast(Shorts, a), __builtin_bit_cast(Shorts, b), c);
  }
};
template <>
struct Unit<signed char> : UnitBase<signed char, int, 16> {
  using Int4 = VECTOR(int, 4);
  template <class Part>
  DEVICE Sums step(Part a, Part b, Sums c) {
    return WMMA(i32_16x16x16_iu8)(true, a, true, b, c, false);
  }
  DEVICE Sums multiply(Factor x, Factor y, Sums c) {
    const Int4 a = __builtin_bit_cast(Int4, x), b = __builtin_bit_cast(Int4, y);
#ifdef __GFX12__
    return step(a.hi, b.hi, step(a.lo, b.lo, c));
#else
    return step(a, b, c);
#endif
  }
};
#endif
