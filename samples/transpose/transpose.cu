// Matrix transposition through shared memory.
//
// Teaches: coalescing (neighbouring threads should touch neighbouring addresses, for the read *and* the write, which a
// direct transposition cannot have), bank conflicts (the 33rd column spreads a tile's column over all 32 banks), and
// threads that handle several elements each (a 32x8 block moves a 32x32 tile).
//
// Build: nvcc transpose.cu -o transpose

#include <vector>

#include "../common/check.h"

constexpr int TILE = 32, ROWS_PER_STEP = 8;

// `out` (width x height) becomes the transpose of `in` (height rows of width elements).
__global__ void transpose(const int* in, int* out, int width, int height) {
  __shared__ int tile[TILE][TILE + 1];

  int x = blockIdx.x * TILE + threadIdx.x, y = blockIdx.y * TILE + threadIdx.y;
  for (int step = 0; step < TILE; step += ROWS_PER_STEP) {
    if (x < width && y + step < height) tile[threadIdx.y + step][threadIdx.x] = in[(y + step) * width + x];
  }
  __syncthreads();

  x = blockIdx.y * TILE + threadIdx.x;  // the block's place is transposed as a whole,
  y = blockIdx.x * TILE + threadIdx.y;
  for (int step = 0; step < TILE; step += ROWS_PER_STEP) {  // its inside by reading columns of the tile
    if (x < height && y + step < width) out[(y + step) * height + x] = tile[threadIdx.x][threadIdx.y + step];
  }
}

int main() {
  const int width = 1000, height = 700;
  std::vector<int> in(width * height), out(width * height);
  for (size_t i = 0; i < in.size(); ++i) in[i] = static_cast<int>(i);

  int *device_in, *device_out;
  CUDA_CHECK(cudaMalloc(&device_in, in.size() * sizeof(int)));
  CUDA_CHECK(cudaMalloc(&device_out, out.size() * sizeof(int)));
  CUDA_CHECK(cudaMemcpy(device_in, in.data(), in.size() * sizeof(int), cudaMemcpyHostToDevice));

  const dim3 block(TILE, ROWS_PER_STEP);
  const dim3 grid(samples::blocks_for(width, TILE), samples::blocks_for(height, TILE));
  transpose<<<grid, block>>>(device_in, device_out, width, height);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(out.data(), device_out, out.size() * sizeof(int), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_in));
  CUDA_CHECK(cudaFree(device_out));

  int wrong = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) wrong += out[x * height + y] != in[y * width + x];
  }
  return samples::verdict(wrong == 0, "transpose: %dx%d, %d elements misplaced", width, height, wrong);
}
