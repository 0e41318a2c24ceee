// Attention without the matrix of scores in memory, in the manner of FlashAttention: each of 4 warps has 16 queries of 64
// dimensions, 64 keys and values at a time lie in shared memory, and the running maximum and sum of a row decide about earlier
// parts. Two products follow each other: the scores' registers become the second product's first factor as PTX lays them out.
#include <cuda_fp16.h>

constexpr int kDimensions = 64, kKeys = 64, kStride = kDimensions + 8;

__device__ unsigned shared_address(const half* p) { return (unsigned)__cvta_generic_to_shared(p); }

__device__ void load_four(unsigned (&r)[4], const half* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(shared_address(row)));
}

__device__ void load_four_transposed(unsigned (&r)[4], const half* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(shared_address(row)));
}

__device__ void multiply(float (&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
               : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

__device__ float exp2_fast(float x) {
  float y;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}

__device__ unsigned packed(float x, float y) {
  const half2 both = __floats2half2_rn(x, y);
  return *(const unsigned*)&both;
}

__device__ float row_maximum(float x) {
  x = fmaxf(x, __shfl_xor_sync(~0u, x, 1));
  return fmaxf(x, __shfl_xor_sync(~0u, x, 2));
}

__device__ float row_sum(float x) {
  x += __shfl_xor_sync(~0u, x, 1);
  return x + __shfl_xor_sync(~0u, x, 2);
}

__device__ void copy_tile(half (*to)[kStride], const half* from) {
#pragma unroll
  for (int i = 0; i < kKeys * kDimensions / 8 / 128; ++i) {
    const int piece = threadIdx.x + i * 128;
    *(int4*)&to[piece / 8][piece % 8 * 8] = *((const int4*)from + piece);
  }
}

// scale: log2(e) over the root of the number of dimensions. All matrices lie row by row, 64 elements a row.
extern "C" __global__ void __launch_bounds__(128)
    attention(const half* queries, const half* keys, const half* values, half* out, int length, float scale) {
  __shared__ __align__(16) half key_tile[kKeys][kStride], value_tile[kKeys][kStride];
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, row = lane / 4, column = lane % 4 * 2;
  const size_t first = (size_t)blockIdx.x * 64;

  unsigned query[4][4];
  copy_tile(key_tile, queries + first * kDimensions);
  __syncthreads();
#pragma unroll
  for (int i = 0; i < 4; ++i) load_four(query[i], &key_tile[warp * 16 + lane % 16][i * 16 + lane / 16 * 8]);

  float sums[8][4] = {}, top[2] = {-INFINITY, -INFINITY}, total[2] = {};
#pragma unroll 1
  for (int begin = 0; begin < length; begin += kKeys) {
    __syncthreads();
    copy_tile(key_tile, keys + (size_t)begin * kDimensions);
    copy_tile(value_tile, values + (size_t)begin * kDimensions);
    __syncthreads();

    float scores[8][4] = {};
#pragma unroll
    for (int i = 0; i < 4; ++i) {
#pragma unroll
      for (int j = 0; j < 8; j += 2) {
        unsigned b[4];
        load_four(b, &key_tile[j * 8 + lane / 16 * 8 + lane % 8][i * 16 + lane / 8 % 2 * 8]);
        multiply(scores[j], query[i], b[0], b[1]);
        multiply(scores[j + 1], query[i], b[2], b[3]);
      }
    }

#pragma unroll
    for (int h = 0; h < 2; ++h) {
      float largest = top[h];
#pragma unroll
      for (int j = 0; j < 8; ++j) largest = fmaxf(largest, fmaxf(scores[j][2 * h], scores[j][2 * h + 1]));
      largest = row_maximum(largest);
      const float less = exp2_fast((top[h] - largest) * scale), offset = largest * scale;
      top[h] = largest;
      total[h] *= less;
#pragma unroll
      for (int j = 0; j < 8; ++j) {
#pragma unroll
        for (int e = 2 * h; e < 2 * h + 2; ++e) {
          scores[j][e] = exp2_fast(scores[j][e] * scale - offset);
          total[h] += scores[j][e];
          sums[j][e] *= less;
        }
      }
    }

#pragma unroll
    for (int i = 0; i < 4; ++i) {
      const float (&low)[4] = scores[2 * i], (&high)[4] = scores[2 * i + 1];
      const unsigned weights[4] = {packed(low[0], low[1]), packed(low[2], low[3]), packed(high[0], high[1]),
                                   packed(high[2], high[3])};
#pragma unroll
      for (int j = 0; j < 8; j += 2) {
        unsigned b[4];
        load_four_transposed(b, &value_tile[i * 16 + lane % 16][j * 8 + lane / 16 * 8]);
        multiply(sums[j], weights, b[0], b[1]);
        multiply(sums[j + 1], weights, b[2], b[3]);
      }
    }
  }

#pragma unroll
  for (int h = 0; h < 2; ++h) {
    const float all = 1 / row_sum(total[h]);
    half* line = out + (first + warp * 16 + row + 8 * h) * kDimensions + column;
#pragma unroll
    for (int j = 0; j < 8; ++j) *(unsigned*)(line + 8 * j) = packed(sums[j][2 * h] * all, sums[j][2 * h + 1] * all);
  }
}
