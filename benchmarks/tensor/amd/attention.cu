// The algorithm of cuda/attention.cu as it is written for AMD. Both products are transposed: scores are keys by queries, so that a
// lane has one query, its maximum and sum are a lane's own but for the other groups of lanes, and the scores' registers become the
// second product's factor (on gfx11 after an exchange with the other 16 lanes). Values are transposed on their way to shared
// memory.
#include "matrix_units.h"

constexpr int kDimensions = 64, kKeys = 64, kStride = kDimensions + 8, kThreads = 128;
constexpr int kQueriesOfWave = 64 / (kThreads / kWave), kColumns = kQueriesOfWave / kTile, kTiles = 64 / kTile;
using half = _Float16;
using Half2 = VECTOR(half, 2);
using Half8 = VECTOR(half, 8);
using Words4 = VECTOR(unsigned, 4);
using Words8 = VECTOR(unsigned, 8);
using U = Unit<half>;

DEVICE float exp2_fast(float x) { return __builtin_amdgcn_exp2f(x); }
DEVICE unsigned packed(float x, float y) { return __builtin_bit_cast(unsigned, Half2{(half)x, (half)y}); }

#ifdef __GFX9__
DEVICE float other_lane(float x, int lane, int distance) {
  return __builtin_bit_cast(float, __builtin_amdgcn_ds_bpermute((lane ^ distance) << 2, __builtin_bit_cast(int, x)));
}
#else
DEVICE unsigned other_half(unsigned x) { return __builtin_amdgcn_permlanex16(x, x, 0x76543210, 0xfedcba98, false, false); }
DEVICE float other_lane(float x, int, int) { return __builtin_bit_cast(float, other_half(__builtin_bit_cast(unsigned, x))); }
#endif

DEVICE float column_maximum(float x, int lane) {
#pragma unroll
  for (int distance = kTile; distance < kWave; distance *= 2) x = __builtin_fmaxf(x, other_lane(x, lane, distance));
  return x;
}
DEVICE float column_sum(float x, int lane) {
#pragma unroll
  for (int distance = kTile; distance < kWave; distance *= 2) x += other_lane(x, lane, distance);
  return x;
}

DEVICE void copy_tile(half (*to)[kStride], const half* from, int thread) {
#pragma unroll
  for (int i = 0; i < kKeys * kDimensions / 8 / kThreads; ++i) {
    const int piece = thread + i * kThreads;
    *(Half8*)&to[piece / 8][piece % 8 * 8] = *((const Half8*)from + piece);
  }
}

// Two keys of 8 dimensions become 8 pairs.
DEVICE void copy_transposed(half (*to)[kStride], const half* from, int thread) {
#pragma unroll
  for (int i = 0; i < kKeys * kDimensions / 16 / kThreads; ++i) {
    const int piece = thread + i * kThreads, key = piece % 32 * 2, dimension = piece / 32 * 8;
    const Half8 x = *(const Half8*)(from + key * kDimensions + dimension);
    const Half8 y = *(const Half8*)(from + (key + 1) * kDimensions + dimension);
#pragma unroll
    for (int d = 0; d < 8; ++d) *(Half2*)&to[dimension + d][key] = Half2{x[d], y[d]};
  }
}

// Adds what the keys of a tile of scores (in registers) weigh: `line` is this lane's row of the transposed values from the tile on.
#if defined(__GFX9__)
DEVICE U::Sums weigh(const half* line, U::Sums scores, U::Sums sums, int lane) {
#pragma unroll
  for (int s = 0; s < kSumCount / 4; ++s) {
    const Half4 values = *(const Half4*)(line + 4 * kGroups * s + lane / kTile * 4);
    const Half4 weights = {(half)scores[4 * s], (half)scores[4 * s + 1], (half)scores[4 * s + 2], (half)scores[4 * s + 3]};
    sums = U::step(values, weights, sums);
  }
  return sums;
}
#elif defined(__GFX12__)
DEVICE U::Sums weigh(const half* line, U::Sums scores, U::Sums sums, int lane) {
  return U::multiply(U::load(line + U::offset(lane)), __builtin_convertvector(scores, U::Factor), sums);
}
#else
DEVICE U::Sums weigh(const half* line, U::Sums scores, U::Sums sums, int lane) {
  const unsigned low = lane < 16 ? 0x05040100u : 0x01000504u, high = low + 0x02020202u;
  Words8 weights;
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    const unsigned own = packed(scores[2 * i], scores[2 * i + 1]), other = other_half(own);
    weights[2 * i] = __builtin_amdgcn_perm(other, own, low);
    weights[2 * i + 1] = __builtin_amdgcn_perm(other, own, high);
  }
  return U::multiply(U::load(line), __builtin_bit_cast(U::Factor, weights), sums);
}
#endif

extern "C" __global__ void __launch_bounds__(128)
    attention(const half* queries, const half* keys, const half* values, half* out, int length, float scale) {
  __shared__ __attribute__((aligned(16))) half key_tile[kKeys][kStride], value_tile[kDimensions][kStride];
  const int thread = threadIdx.x, wave = __builtin_amdgcn_readfirstlane(thread / kWave), lane = thread % kWave;
  const long first = (long)blockIdx.x * 64 + wave * kQueriesOfWave;
  constexpr int kSteps = kDimensions / U::kDepth;

  U::Factor query[kColumns][kSteps];
  U::Sums sums[kColumns][kTiles];
  float top[kColumns], total[kColumns];
#pragma unroll
  for (int q = 0; q < kColumns; ++q) {
    const half* line = queries + (first + q * kTile + lane % kTile) * kDimensions + U::offset(lane);
#pragma unroll
    for (int i = 0; i < kSteps; ++i) query[q][i] = U::load(line + i * U::kDepth);
#pragma unroll
    for (int t = 0; t < kTiles; ++t) sums[q][t] = 0;
    top[q] = -__builtin_inff(), total[q] = 0;
  }

#pragma unroll 1
  for (int begin = 0; begin < length; begin += kKeys) {
    __syncthreads();
    copy_tile(key_tile, keys + (long)begin * kDimensions, thread);
    copy_transposed(value_tile, values + (long)begin * kDimensions, thread);
    __syncthreads();

    U::Sums scores[kColumns][kTiles];
#pragma unroll
    for (int t = 0; t < kTiles; ++t) {
#pragma unroll
      for (int q = 0; q < kColumns; ++q) scores[q][t] = 0;
#pragma unroll
      for (int i = 0; i < kSteps; ++i) {
        const U::Factor key = U::load(&key_tile[t * kTile + lane % kTile][i * U::kDepth + U::offset(lane)]);
#pragma unroll
        for (int q = 0; q < kColumns; ++q) scores[q][t] = U::multiply(key, query[q][i], scores[q][t]);
      }
    }

#pragma unroll
    for (int q = 0; q < kColumns; ++q) {
      float largest = top[q];
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
#pragma unroll
        for (int r = 0; r < kSumCount; ++r) largest = __builtin_fmaxf(largest, scores[q][t][r]);
      }
      largest = column_maximum(largest, lane);
      const float less = exp2_fast((top[q] - largest) * scale), offset = largest * scale;
      top[q] = largest;
      total[q] *= less;
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
#pragma unroll
        for (int r = 0; r < kSumCount; ++r) {
          scores[q][t][r] = exp2_fast(scores[q][t][r] * scale - offset);
          total[q] += scores[q][t][r];
        }
        sums[q][t] *= less;
      }
    }

#pragma unroll
    for (int t = 0; t < kTiles; ++t) {
#pragma unroll
      for (int d = 0; d < kTiles; ++d) {
        const half* line = &value_tile[d * kTile + lane % kTile][t * kTile];
#pragma unroll
        for (int q = 0; q < kColumns; ++q) sums[q][d] = weigh(line, scores[q][t], sums[q][d], lane);
      }
    }
  }

#pragma unroll
  for (int q = 0; q < kColumns; ++q) {
    const float all = 1 / column_sum(total[q], lane);
    half* line = out + (first + q * kTile + lane % kTile) * kDimensions;
#pragma unroll
    for (int t = 0; t < kTiles; ++t) {
#pragma unroll
      for (int r = 0; r < kSumCount; ++r) line[t * kTile + U::row(lane, r)] = (half)(sums[q][t][r] * all);
    }
  }
}
