// D = A B as CUTLASS does it: asynchronous copies several tiles ahead, swizzled shared memory, ldmatrix, mma.sync.
#include "files.cuh"
#include "mma.cuh"

constexpr int SIDE = 64, DEEP = 64, STAGES = 3;  // a block's rows and columns; bytes of k in a stage

// A tile's rows are `wide` bytes; chunks of 16 bytes stand where no eight rows of a column of chunks share banks.
template <int wide>
__device__ int place(int row, int chunk) {
  return wide == 64 ? row * 64 + (chunk ^ (row >> 1 & 3)) * 16 : row * 128 + (chunk ^ (row & 7)) * 16;
}

// Rows and bytes of a tile out of a matrix; what lies outside is zero.
template <int wide, int rows>
__device__ void fetch(char* tile, const char* matrix, int pitch, int row, int first, int last_row, int last_byte) {
  constexpr int chunks = wide / 16;
  for (int i = threadIdx.x; i < rows * chunks; i += blockDim.x) {
    const int r = i / chunks, c = i % chunks, byte = first + c * 16;
    const bool inside = row + r < last_row && byte < last_byte;
    copy_async(tile + place<wide>(r, c), inside ? matrix + (size_t)(row + r) * pitch + byte : matrix, inside ? 16 : 0);
  }
}

// Element-wise ends: of floats the sums, of bytes scaled, rounded, clamped and without what is negative.
struct Floats {
  typedef float Result;
  static __device__ float of(float sum, float) { return sum; }
};
struct Bytes {
  typedef s8 Result;
  static __device__ s8 of(int sum, float scale) {
    const int rounded = __float2int_rn((float)sum * scale);
    return (s8)min(max(rounded, 0), 127);
  }
};

// `by_rows`: of B, whose tiles are then transposed as they are loaded. Four warps have a quarter of the block's tile each.
template <typename T, typename S, class End, bool by_rows>
__global__ void gemm(const char* a, const char* b, typename End::Result* d, int m, int n, int k, float scale) {
  __shared__ __align__(128) char left[STAGES][SIDE * DEEP], right[STAGES][SIDE * DEEP];
  const int size = sizeof(T), row = blockIdx.y * SIDE, column = blockIdx.x * SIDE, tiles = (k * size + DEEP - 1) / DEEP;
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, own_row = warp / 2 * 32, own_column = warp % 2 * 32;
  auto fetch_both = [&](int tile) {
    if (tile < tiles) {
      fetch<64, SIDE>(left[tile % STAGES], a, k * size, row, tile * DEEP, m, k * size);
      if (by_rows)
        fetch<128, DEEP / 2>(right[tile % STAGES], b, n * size, tile * (DEEP / 2), column * size, k, n * size);
      else
        fetch<64, SIDE>(right[tile % STAGES], b, k * size, column, tile * DEEP, n, k * size);
    }
    commit();
  };
  S sums[2][4][4] = {};
  for (int tile = 0; tile < STAGES - 1; ++tile) fetch_both(tile);
  for (int tile = 0; tile < tiles; ++tile) {
    wait<STAGES - 2>();
    __syncthreads();
    fetch_both(tile + STAGES - 1);
    const char *of_a = left[tile % STAGES], *of_b = right[tile % STAGES];
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      unsigned x[2][4], y[2][4];
      for (int i = 0; i < 2; ++i) load4<false>(x[i], of_a + place<64>(own_row + i * 16 + lane % 16, half * 2 + lane / 16));
      for (int i = 0; i < 2; ++i) {
        if (by_rows)
          load4<true>(y[i], of_b + place<128>(half * 16 + lane % 16, own_column / 8 + i * 2 + lane / 16));
        else
          load4<false>(y[i], of_b + place<64>(own_column + i * 16 + lane % 8 + lane / 16 * 8, half * 2 + lane / 8 % 2));
      }
#pragma unroll
      for (int i = 0; i < 2; ++i)
#pragma unroll
        for (int j = 0; j < 4; ++j) multiply((T*)nullptr, sums[i][j], x[i], y[j / 2][j % 2 * 2], y[j / 2][j % 2 * 2 + 1]);
    }
  }
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 4; ++j)
      for (int side = 0; side < 2; ++side) {
        const int r = row + own_row + i * 16 + side * 8 + lane / 4, c = column + own_column + j * 8 + lane % 4 * 2;
        if (r >= m || c >= n) continue;
        d[(size_t)r * n + c] = End::of(sums[i][j][side * 2], scale);
        d[(size_t)r * n + c + 1] = End::of(sums[i][j][side * 2 + 1], scale);
      }
}

template <typename T, typename S, class End, bool by_rows>
void run(Files& files) {
  const int m = number<int>(files), n = number<int>(files), k = number<int>(files);
  const float scale = number<float>(files);
  const char *a = given<char>(files), *b = given<char>(files);
  auto* d = empty<typename End::Result>(m * n);
  gemm<T, S, End, by_rows><<<dim3((n + SIDE - 1) / SIDE, (m + SIDE - 1) / SIDE), 128>>>(a, b, d, m, n, k, scale);
  put(files, d, m * n);
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  run<half, float, Floats, false>(files);
  run<half, float, Floats, true>(files);
  run<bf16, float, Floats, true>(files);
  run<s8, int, Bytes, false>(files);
}
