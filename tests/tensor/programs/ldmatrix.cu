// D = A B of 16 rows and 8 columns, whose registers come from ldmatrix of every form. Each warp has matrices of its own.
#include "files.cuh"
#include "mma.cuh"

#define LOAD(name, count, words, address, ...)                                                         \
  __device__ inline void name(unsigned* r, const void* row) {                                          \
    asm volatile("ldmatrix.sync.aligned.m8n8.x" #count words : __VA_ARGS__ : address(row) : "memory"); \
  }
#define OUT(n) "=r"(r[n])
#define SHARED(row) "r"(shared_address(row))
#define GENERIC(row) "l"(row)
LOAD(x1, 1, ".shared.b16 {%0}, [%1];", SHARED, OUT(0))
LOAD(x1t, 1, ".trans.shared.b16 {%0}, [%1];", SHARED, OUT(0))
LOAD(x2, 2, ".shared.b16 {%0, %1}, [%2];", SHARED, OUT(0), OUT(1))
LOAD(x2t, 2, ".trans.shared.b16 {%0, %1}, [%2];", SHARED, OUT(0), OUT(1))
LOAD(x4, 4, ".shared.b16 {%0, %1, %2, %3}, [%4];", SHARED, OUT(0), OUT(1), OUT(2), OUT(3))
LOAD(x4t, 4, ".trans.shared.b16 {%0, %1, %2, %3}, [%4];", SHARED, OUT(0), OUT(1), OUT(2), OUT(3))
LOAD(x4g, 4, ".b16 {%0, %1, %2, %3}, [%4];", GENERIC, OUT(0), OUT(1), OUT(2), OUT(3))

// Rows of 32 bytes stand 48 apart. Lane l names row l % 8 of the 8 by 8 matrix that stands `order`'s way at l / 8.
constexpr int PITCH = 48;
__device__ const char* row(const char* tile, int down, int across) { return tile + down * PITCH + across * 16; }

enum Way { X4, REVERSED, TRANSPOSED, GENERIC_ADDRESS, SINGLE, SINGLE_TRANSPOSED, LOOKED_AT };

template <int way>
__device__ void load_a(unsigned (&a)[4], const char* tile, int lane) {
  if (way == REVERSED) {  // matrices in the opposite order
    unsigned r[4];
    x4(r, row(tile, lane % 8 + (1 - lane / 8 % 2) * 8, 1 - lane / 16));
    for (int n = 0; n < 4; ++n) a[n] = r[3 - n];
  } else if (way == TRANSPOSED) {  // k by rows in memory
    x4t(a, row(tile, lane % 8 + lane / 16 * 8, lane / 8 % 2));
  } else if (way == GENERIC_ADDRESS) {
    x4g(a, row(tile, lane % 16, lane / 16));
  } else if (way == SINGLE) {
    for (int n = 0; n < 4; ++n) x1(a + n, row(tile, lane % 8 + n % 2 * 8, n / 2));
  } else if (way == SINGLE_TRANSPOSED) {
    for (int n = 0; n < 4; ++n) x1t(a + n, row(tile, lane % 8 + n / 2 * 8, n % 2));
  } else {
    x4(a, row(tile, lane % 16, lane / 16));
  }
}

template <int way>
__device__ void load_b(unsigned (&b)[2], const char* tile, int lane) {  // columns of B in memory, or rows
  if (way == TRANSPOSED)
    x2t(b, row(tile, lane % 16, 0));
  else if (way == SINGLE_TRANSPOSED)
    for (int n = 0; n < 2; ++n) x1t(b + n, row(tile, lane % 8 + n * 8, 0));
  else
    x2(b, row(tile, lane % 8, lane / 8 % 2));
}

template <typename T, typename S, int way>
__global__ void product(const char* a, const char* b, S* d, unsigned* seen) {
  __shared__ __align__(16) char left[2][16 * PITCH], right[2][16 * PITCH];
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  for (int i = lane; i < 16 * PITCH; i += 32) left[warp][i] = right[warp][i] = 0x7F;
  __syncwarp();
  const bool by_rows = way == TRANSPOSED || way == SINGLE_TRANSPOSED;
  for (int i = lane; i < 512; i += 32) left[warp][i / 32 * PITCH + i % 32] = a[warp * 512 + i];
  for (int i = lane, wide = by_rows ? 16 : 32; i < 256; i += 32) right[warp][i / wide * PITCH + i % wide] = b[warp * 256 + i];
  __syncwarp();
  unsigned x[4], y[2];
  load_a<way>(x, left[warp], lane);
  load_b<way>(y, right[warp], lane);
  S sums[4] = {};
  multiply((T*)nullptr, sums, x, y[0], y[1]);
  for (int n = 0; n < 4; ++n) {
    d[warp * 128 + (lane / 4 + n / 2 * 8) * 8 + lane % 4 * 2 + n % 2] = sums[n];
    if (way == LOOKED_AT) seen[(warp * 32 + lane) * 4 + n] = x[n];
  }
}

template <typename T, typename S, int way>
void run(Files& files) {
  const char *a = given<char>(files), *b = given<char>(files);
  S* d = empty<S>(256);
  unsigned* seen = empty<unsigned>(256);
  product<T, S, way><<<1, 64>>>(a, b, d, seen);
  put(files, d, 256);
  if (way == LOOKED_AT) put(files, seen, 256);
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  run<half, float, X4>(files);
  run<bf16, float, REVERSED>(files);
  run<half, float, TRANSPOSED>(files);
  run<half, float, GENERIC_ADDRESS>(files);
  run<bf16, float, SINGLE>(files);
  run<half, float, SINGLE_TRANSPOSED>(files);
  run<s8, int, X4>(files);
  run<s8, int, SINGLE>(files);
  run<half, float, LOOKED_AT>(files);
}
