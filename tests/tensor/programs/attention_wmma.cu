// Attention with nvcuda::wmma: scores, weights and sums go through shared memory, where rows are known.
#include <mma.h>

#include "files.cuh"

using namespace nvcuda;

constexpr int WIDE = 64, KEYS = 32;  // a head's elements, keys of a step

// One warp's 16 queries. `keys` is a multiple of KEYS.
template <bool causal>
__global__ void attention(const half* q, const half* k, const half* v, float* out, int queries, int keys, float scale) {
  __shared__ __align__(32) float scores[16][KEYS + 4], sums[16][WIDE + 4];
  __shared__ __align__(32) half weights[16][KEYS + 8];
  const int first = blockIdx.x * 16, row = threadIdx.x / 2, side = threadIdx.x % 2;
  float largest = -INFINITY, total = 0;
  for (int c = side; c < WIDE; c += 2) sums[row][c] = 0;
  wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> x[WIDE / 16];
  for (int i = 0; i < WIDE / 16; ++i) wmma::load_matrix_sync(x[i], q + (size_t)first * WIDE + i * 16, WIDE);
  for (int step = 0; step < keys; step += KEYS) {
    for (int j = 0; j < KEYS; j += 16) {
      wmma::fragment<wmma::accumulator, 16, 16, 16, float> score;
      wmma::fill_fragment(score, 0.0f);
      for (int i = 0; i < WIDE / 16; ++i) {
        wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::col_major> y;
        wmma::load_matrix_sync(y, k + (size_t)(step + j) * WIDE + i * 16, WIDE);
        wmma::mma_sync(score, x[i], y, score);
      }
      for (int t = 0; t < score.num_elements; ++t) score.x[t] *= scale;
      wmma::store_matrix_sync(&scores[0][j], score, KEYS + 4, wmma::mem_row_major);
    }
    __syncwarp();
    float highest = largest, sum = 0;
    for (int c = side; c < KEYS; c += 2)
      if (!causal || step + c <= first + row) highest = fmaxf(highest, scores[row][c]);
    highest = fmaxf(highest, __shfl_xor_sync(0xFFFFFFFF, highest, 1));
    for (int c = side; c < KEYS; c += 2) {
      const float weight = !causal || step + c <= first + row ? expf(scores[row][c] - highest) : 0;
      weights[row][c] = __float2half(weight);
      sum += weight;
    }
    const float factor = expf(largest - highest);
    total = total * factor + sum + __shfl_xor_sync(0xFFFFFFFF, sum, 1);
    largest = highest;
    for (int c = side; c < WIDE; c += 2) sums[row][c] *= factor;
    __syncwarp();
    for (int j = 0; j < WIDE; j += 16) {
      wmma::fragment<wmma::accumulator, 16, 16, 16, float> more;
      wmma::load_matrix_sync(more, &sums[0][j], WIDE + 4, wmma::mem_row_major);
      for (int i = 0; i < KEYS; i += 16) {
        wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> p;
        wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::row_major> y;
        wmma::load_matrix_sync(p, &weights[0][i], KEYS + 8);
        wmma::load_matrix_sync(y, v + (size_t)(step + i) * WIDE + j, WIDE);
        wmma::mma_sync(more, p, y, more);
      }
      wmma::store_matrix_sync(&sums[0][j], more, WIDE + 4, wmma::mem_row_major);
    }
    __syncwarp();
  }
  for (int c = side; c < WIDE; c += 2) out[(size_t)(first + row) * WIDE + c] = sums[row][c] / total;
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  const int queries = number<int>(files), keys = number<int>(files);
  const float scale = number<float>(files);
  const half *q = given<half>(files), *k = given<half>(files), *v = given<half>(files);
  for (auto kernel : {attention<false>, attention<true>}) {
    float* out = empty<float>(queries * WIDE);
    kernel<<<queries / 16, 32>>>(q, k, v, out, queries, keys, scale);
    put(files, out, queries * WIDE);
  }
}
