// Heat spreading over a plate, drawn as a picture.
//
// Teaches: a stencil with halo cells (each block loads an 18x18 patch for its 16x16 cells), two buffers swapped between
// launches, pitched memory (cudaMallocPitch, cudaMemcpy2D: rows padded for alignment), and boundary conditions.
//
// Build: nvcc heat2d.cu -o heat2d
// Usage: heat2d [picture.png]

#include <cmath>
#include <utility>
#include <vector>

#include "../common/check.h"
#include "../common/image.h"

constexpr int BLOCK = 16, WIDTH = 320, HEIGHT = 200, STEPS = 400;
constexpr float RATE = 0.2f;  // thermal diffusivity * time step / cell area; stable up to 0.25

// Fixed temperatures: three hot wires shaped as arcs, and a cold rim.
__host__ __device__ inline bool is_source(int x, int y) {
  const int dx = x - WIDTH / 2, dy = y - HEIGHT / 2, square = dx * dx + dy * dy;
  const bool ring = square > 70 * 70 && square < 74 * 74 && (dx > 20 || dx < -20);
  const bool inner = square > 34 * 34 && square < 38 * 38 && dy < 12;
  return ring || inner || square < 5 * 5;
}

__host__ __device__ inline bool is_rim(int x, int y) { return x == 0 || y == 0 || x == WIDTH - 1 || y == HEIGHT - 1; }

__host__ __device__ inline float relax(float centre, float left, float right, float up, float down) {
  return centre + RATE * (((left + right) + (up + down)) - 4 * centre);
}

__global__ void heat_step(const float* from, float* to, size_t pitch) {
  __shared__ float patch[BLOCK + 2][BLOCK + 2];
  const int x = blockIdx.x * BLOCK + threadIdx.x, y = blockIdx.y * BLOCK + threadIdx.y;
  const size_t stride = pitch / sizeof(float);

  // 256 threads load 324 cells: each takes one, some take a second.
  for (int cell = threadIdx.y * BLOCK + threadIdx.x; cell < (BLOCK + 2) * (BLOCK + 2); cell += BLOCK * BLOCK) {
    const int px = cell % (BLOCK + 2), py = cell / (BLOCK + 2);
    const int gx = min(max(static_cast<int>(blockIdx.x) * BLOCK + px - 1, 0), WIDTH - 1);
    const int gy = min(max(static_cast<int>(blockIdx.y) * BLOCK + py - 1, 0), HEIGHT - 1);
    patch[py][px] = from[gy * stride + gx];
  }
  __syncthreads();
  if (x >= WIDTH || y >= HEIGHT) return;

  const int px = threadIdx.x + 1, py = threadIdx.y + 1;
  const float now = patch[py][px];
  const float next = relax(now, patch[py][px - 1], patch[py][px + 1], patch[py - 1][px], patch[py + 1][px]);
  to[y * stride + x] = is_rim(x, y) || is_source(x, y) ? now : next;
}

std::vector<float> start() {
  std::vector<float> plate(WIDTH * HEIGHT, 0.0f);
  for (int y = 0; y < HEIGHT; ++y) {
    for (int x = 0; x < WIDTH; ++x) {
      if (is_source(x, y)) plate[y * WIDTH + x] = 1.0f;
    }
  }
  return plate;
}

std::vector<float> run_on_device(const std::vector<float>& plate) {
  float *from, *to;
  size_t pitch, same_pitch;  // bytes from one row to the next; equal for equal widths
  const size_t row = WIDTH * sizeof(float);
  CUDA_CHECK(cudaMallocPitch(&from, &pitch, row, HEIGHT));
  CUDA_CHECK(cudaMallocPitch(&to, &same_pitch, row, HEIGHT));
  CUDA_CHECK(cudaMemcpy2D(from, pitch, plate.data(), row, row, HEIGHT, cudaMemcpyHostToDevice));

  const dim3 block(BLOCK, BLOCK), grid(samples::blocks_for(WIDTH, BLOCK), samples::blocks_for(HEIGHT, BLOCK));
  for (int step = 0; step < STEPS; ++step) {
    heat_step<<<grid, block>>>(from, to, pitch);
    std::swap(from, to);
  }
  CUDA_CHECK(cudaGetLastError());

  std::vector<float> result(WIDTH * HEIGHT);
  CUDA_CHECK(cudaMemcpy2D(result.data(), row, from, pitch, row, HEIGHT, cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(from));
  CUDA_CHECK(cudaFree(to));
  return result;
}

std::vector<float> run_on_host(std::vector<float> from) {
  std::vector<float> to = from;
  for (int step = 0; step < STEPS; ++step) {
    for (int y = 1; y < HEIGHT - 1; ++y) {
      for (int x = 1; x < WIDTH - 1; ++x) {
        const float* cell = &from[y * WIDTH + x];
        if (!is_source(x, y)) to[y * WIDTH + x] = relax(cell[0], cell[-1], cell[1], cell[-WIDTH], cell[WIDTH]);
      }
    }
    std::swap(from, to);
  }
  return from;
}

int main(int argc, char** argv) {
  const char* path = argc > 1 ? argv[1] : "heat2d.png";
  const std::vector<float> plate = start(), result = run_on_device(plate), expected = run_on_host(plate);

  // A step rounds at most 5 times, on values of at most 4 (the sum of neighbours) scaled by RATE: under 2^-22 whether
  // or not multiply and add are fused. A step is an average, so earlier errors do not grow: 400 steps stay under 400 of them.
  const double bound = STEPS * std::ldexp(1.0, -22);
  double worst = 0, sum = 0;
  samples::Image picture(WIDTH, HEIGHT);
  for (int y = 0; y < HEIGHT; ++y) {
    for (int x = 0; x < WIDTH; ++x) {
      const float value = result[y * WIDTH + x];
      worst = std::fmax(worst, std::fabs(double(value) - expected[y * WIDTH + x]));
      sum += value;
      picture.at(x, y) = samples::heat_colour(value);
    }
  }
  const bool written = picture.write_png(path);
  std::printf("%s %s\n", written ? "picture:" : "cannot write", path);
  return samples::verdict(written && worst <= bound, "heat2d: %d steps, mean temperature %.4f, worst error %.2g (bound %.2g)",
                          STEPS, sum / (WIDTH * HEIGHT), worst, bound);
}
