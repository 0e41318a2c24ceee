// The Mandelbrot set, drawn as a picture.
//
// Teaches: divergence (threads of a warp leave the loop after different numbers of turns; the warp runs until the last
// is done), a two-dimensional grid, one function compiled for host and device, and arithmetic that is equal to the bit.
//
// Build: nvcc mandelbrot.cu -o mandelbrot
// Usage: mandelbrot [picture.png]

#include <cmath>
#include <vector>

#include "../common/check.h"
#include "../common/image.h"

constexpr int WIDTH = 480, HEIGHT = 320, LIMIT = 200;

// Turns until z = z*z + c leaves the circle of radius 2, LIMIT for points that stay. A compiler may fuse a*b + c into
// one rounding or not, and near the edge that changes the count; with fmaf spelled out there is nothing left to choose.
__host__ __device__ inline int escape_turns(float cx, float cy) {
  float x = 0, y = 0;
  for (int turn = 0; turn < LIMIT; ++turn) {
    if (fmaf(x, x, y * y) > 4) return turn;
    const float next = fmaf(x, x, fmaf(-y, y, cx));
    y = fmaf(2 * x, y, cy);
    x = next;
  }
  return LIMIT;
}

__host__ __device__ inline float centre_x(int column) { return fmaf(column + 0.5f, 3.3f / WIDTH, -2.35f); }
__host__ __device__ inline float centre_y(int row) { return fmaf(row + 0.5f, 2.2f / HEIGHT, -1.1f); }

__global__ void mandelbrot(int* turns) {
  const int column = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
  if (column < WIDTH && row < HEIGHT) turns[row * WIDTH + column] = escape_turns(centre_x(column), centre_y(row));
}

samples::Colour colour(int turns) {
  if (turns == LIMIT) return {6, 6, 18};
  return samples::ring_colour(0.06f + 0.28f * std::log2(1.0f + turns));
}

int main(int argc, char** argv) {
  const char* path = argc > 1 ? argv[1] : "mandelbrot.png";
  std::vector<int> turns(WIDTH * HEIGHT);
  int* device_turns;
  CUDA_CHECK(cudaMalloc(&device_turns, turns.size() * sizeof(int)));
  const dim3 block(16, 16), grid(samples::blocks_for(WIDTH, block.x), samples::blocks_for(HEIGHT, block.y));
  mandelbrot<<<grid, block>>>(device_turns);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(turns.data(), device_turns, turns.size() * sizeof(int), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_turns));

  int checked = 0, wrong = 0, inside = 0;
  samples::Image picture(WIDTH, HEIGHT);
  for (int row = 0; row < HEIGHT; ++row) {
    for (int column = 0; column < WIDTH; ++column) {
      const int count = turns[row * WIDTH + column];
      picture.at(column, row) = colour(count);
      inside += count == LIMIT;
      if (row % 4 != 0) continue;  // every fourth row is enough to check, and keeps the host quick
      ++checked;
      wrong += count != escape_turns(centre_x(column), centre_y(row));
    }
  }
  const bool written = picture.write_png(path);
  std::printf("%s %s\n", written ? "picture:" : "cannot write", path);
  return samples::verdict(written && wrong == 0, "mandelbrot: %d points inside, %d of %d checked points differ", inside, wrong,
                          checked);
}
