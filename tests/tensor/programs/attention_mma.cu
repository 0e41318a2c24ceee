// Attention with its sums in registers: two chained products, online softmax between them, rows rescaled.
#include "files.cuh"
#include "mma.cuh"

constexpr int WIDE = 64, KEYS = 32, WARPS = 3;  // a head's elements, keys of a step, warps of 16 queries each

// Rows of 128 bytes, chunks of 16 bytes where no eight rows of a column of chunks share banks.
__device__ inline half* place(half* tile, int row, int chunk) { return tile + row * WIDE + (chunk ^ (row & 7)) * 8; }

__device__ inline void fetch(half* tile, const half* matrix, int first, int count) {
  for (int i = threadIdx.x; i < KEYS * 8; i += blockDim.x) {
    const int row = first + i / 8;
    copy_async(place(tile, i / 8, i % 8), matrix + (size_t)min(row, count - 1) * WIDE + i % 8 * 8, row < count ? 16 : 0);
  }
}

__device__ inline unsigned pair(float low, float high) {
  const half2 both = __floats2half2_rn(low, high);
  return *(const unsigned*)&both;
}

__device__ inline float row_maximum(float x) {
  x = fmaxf(x, __shfl_xor_sync(0xFFFFFFFF, x, 1));
  return fmaxf(x, __shfl_xor_sync(0xFFFFFFFF, x, 2));
}
__device__ inline float row_sum(float x) {
  x += __shfl_xor_sync(0xFFFFFFFF, x, 1);
  return x + __shfl_xor_sync(0xFFFFFFFF, x, 2);
}

// O = softmax(scale Q Kᵀ) V; with `causal`, of keys that are not later than the query.
template <bool causal>
__global__ void attention(const half* q, const half* k, const half* v, float* out, int queries, int keys, float scale) {
  __shared__ __align__(128) half of_k[2][KEYS * WIDE], of_v[2][KEYS * WIDE];
  const int lane = threadIdx.x % 32, warp = threadIdx.x / 32, first = (blockIdx.x * WARPS + warp) * 16;
  const int rows[2] = {first + lane / 4, first + lane / 4 + 8};
  unsigned x[WIDE / 16][4];
  for (int i = 0; i < WIDE / 16; ++i)
    for (int j = 0; j < 4; ++j)
      x[i][j] = *(const unsigned*)&q[(size_t)min(rows[j % 2], queries - 1) * WIDE + i * 16 + j / 2 * 8 + lane % 4 * 2];
  float sums[WIDE / 8][4] = {}, largest[2] = {-INFINITY, -INFINITY}, total[2] = {};
  fetch(of_k[0], k, 0, keys);
  fetch(of_v[0], v, 0, keys);
  commit();
  const int steps = (keys + KEYS - 1) / KEYS;
  for (int step = 0; step < steps; ++step) {
    wait<0>();
    __syncthreads();
    if (step + 1 < steps) {
      fetch(of_k[(step + 1) % 2], k, (step + 1) * KEYS, keys);
      fetch(of_v[(step + 1) % 2], v, (step + 1) * KEYS, keys);
    }
    commit();
    float scores[KEYS / 8][4] = {};
#pragma unroll
    for (int i = 0; i < WIDE / 16; ++i)
#pragma unroll
      for (int j = 0; j < KEYS / 16; ++j) {
        unsigned y[4];
        load4<false>(y, place(of_k[step % 2], j * 16 + lane % 8 + lane / 16 * 8, i * 2 + lane / 8 % 2));
        multiply((half*)nullptr, scores[j * 2], x[i], y[0], y[1]);
        multiply((half*)nullptr, scores[j * 2 + 1], x[i], y[2], y[3]);
      }
#pragma unroll
    for (int side = 0; side < 2; ++side) {
      float highest = largest[side];
#pragma unroll
      for (int j = 0; j < KEYS / 8; ++j)
#pragma unroll
        for (int e = 0; e < 2; ++e) {
          const int key = step * KEYS + j * 8 + lane % 4 * 2 + e;
          float& score = scores[j][side * 2 + e];
          score = key < keys && !(causal && key > rows[side]) ? score * scale : -INFINITY;
          highest = fmaxf(highest, score);
        }
      highest = row_maximum(highest);
      const float factor = expf(largest[side] - highest);
      largest[side] = highest;
      float sum = 0;
#pragma unroll
      for (int j = 0; j < KEYS / 8; ++j)
#pragma unroll
        for (int e = 0; e < 2; ++e) sum += scores[j][side * 2 + e] = expf(scores[j][side * 2 + e] - highest);
      total[side] = total[side] * factor + row_sum(sum);
#pragma unroll
      for (int j = 0; j < WIDE / 8; ++j) sums[j][side * 2] *= factor, sums[j][side * 2 + 1] *= factor;
    }
#pragma unroll
    for (int i = 0; i < KEYS / 16; ++i) {
      const float *low = scores[i * 2], *high = scores[i * 2 + 1];
      const unsigned p[4] = {pair(low[0], low[1]), pair(low[2], low[3]), pair(high[0], high[1]), pair(high[2], high[3])};
#pragma unroll
      for (int j = 0; j < WIDE / 16; ++j) {
        unsigned y[4];
        load4<true>(y, place(of_v[step % 2], i * 16 + lane % 16, j * 2 + lane / 16));
        multiply((half*)nullptr, sums[j * 2], p, y[0], y[1]);
        multiply((half*)nullptr, sums[j * 2 + 1], p, y[2], y[3]);
      }
    }
  }
  for (int side = 0; side < 2; ++side)
    for (int j = 0; rows[side] < queries && j < WIDE / 8; ++j)
      for (int e = 0; e < 2; ++e) out[(size_t)rows[side] * WIDE + j * 8 + lane % 4 * 2 + e] = sums[j][side * 2 + e] / total[side];
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  const int queries = number<int>(files), keys = number<int>(files);
  const float scale = number<float>(files);
  const half *q = given<half>(files), *k = given<half>(files), *v = given<half>(files);
  for (auto kernel : {attention<false>, attention<true>}) {
    float* out = empty<float>(queries * WIDE);
    kernel<<<(queries + WARPS * 16 - 1) / (WARPS * 16), WARPS * 32>>>(q, k, v, out, queries, keys, scale);
    put(files, out, queries * WIDE);
  }
}
