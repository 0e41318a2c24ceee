// Gravity between all pairs of bodies, in steps of time.
//
// Teaches: float4 (one 16-byte access per body), tiles in shared memory that all threads of a block read at the same
// address (a broadcast), rsqrtf, and two kernels that alternate on the same data in one stream.
//
// Build: nvcc nbody.cu -o nbody

#include <algorithm>
#include <cmath>
#include <vector>

#include "../common/check.h"

constexpr int THREADS = 128;
constexpr float SOFTENING = 0.01f;  // keeps close encounters finite

// Each block fetches THREADS bodies at a time; every thread adds up the pull of all of them on its own body.
__global__ void accelerations(const float4* bodies, float3* pull, int count) {
  __shared__ float4 tile[THREADS];
  const int i = blockIdx.x * THREADS + threadIdx.x;
  const float4 self = i < count ? bodies[i] : make_float4(0, 0, 0, 0);
  float3 sum = make_float3(0, 0, 0);

  for (int start = 0; start < count; start += THREADS) {
    const int other = start + threadIdx.x;
    tile[threadIdx.x] = other < count ? bodies[other] : make_float4(0, 0, 0, 0);  // w is the mass: zero pulls nothing
    __syncthreads();
    for (int j = 0; j < THREADS; ++j) {
      const float dx = tile[j].x - self.x, dy = tile[j].y - self.y, dz = tile[j].z - self.z;
      const float inverse = rsqrtf(dx * dx + dy * dy + dz * dz + SOFTENING);
      const float strength = tile[j].w * inverse * inverse * inverse;
      sum.x += strength * dx;
      sum.y += strength * dy;
      sum.z += strength * dz;
    }
    __syncthreads();
  }
  if (i < count) pull[i] = sum;
}

// Kick, then drift (symplectic Euler).
__global__ void advance(float4* bodies, float3* velocities, const float3* pull, int count, float time_step) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  velocities[i].x += time_step * pull[i].x;
  velocities[i].y += time_step * pull[i].y;
  velocities[i].z += time_step * pull[i].z;
  bodies[i].x += time_step * velocities[i].x;
  bodies[i].y += time_step * velocities[i].y;
  bodies[i].z += time_step * velocities[i].z;
}

// The same steps in double precision.
std::vector<double> reference(const std::vector<float4>& bodies, int steps, double time_step) {
  const size_t count = bodies.size();
  std::vector<double> position(3 * count), velocity(3 * count), pull(3 * count);
  for (size_t i = 0; i < count; ++i) {
    position[3 * i] = bodies[i].x;
    position[3 * i + 1] = bodies[i].y;
    position[3 * i + 2] = bodies[i].z;
  }
  for (int step = 0; step < steps; ++step) {
    pull.assign(3 * count, 0);
    for (size_t i = 0; i < count; ++i) {
      for (size_t j = 0; j < count; ++j) {
        double delta[3], square = SOFTENING;
        for (int axis = 0; axis < 3; ++axis) {
          delta[axis] = position[3 * j + axis] - position[3 * i + axis];
          square += delta[axis] * delta[axis];
        }
        const double strength = bodies[j].w / (square * std::sqrt(square));
        for (int axis = 0; axis < 3; ++axis) pull[3 * i + axis] += strength * delta[axis];
      }
    }
    for (size_t k = 0; k < 3 * count; ++k) {
      velocity[k] += time_step * pull[k];
      position[k] += time_step * velocity[k];
    }
  }
  return position;
}

int main() {
  const int count = 1000, steps = 4;
  const float time_step = 0.01f;
  std::vector<float4> bodies(count), moved(count);
  for (int i = 0; i < count; ++i) {  // points on a spiral around a sphere, all of mass 1/count
    const float height = 1 - 2 * (i + 0.5f) / count, radius = std::sqrt(1 - height * height), angle = 2.4f * i;
    bodies[i] = make_float4(radius * std::cos(angle), radius * std::sin(angle), height, 1.0f / count);
  }

  float4* device_bodies;
  float3 *device_velocities, *device_pull;
  CUDA_CHECK(cudaMalloc(&device_bodies, count * sizeof(float4)));
  CUDA_CHECK(cudaMalloc(&device_velocities, count * sizeof(float3)));
  CUDA_CHECK(cudaMalloc(&device_pull, count * sizeof(float3)));
  CUDA_CHECK(cudaMemcpy(device_bodies, bodies.data(), count * sizeof(float4), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemset(device_velocities, 0, count * sizeof(float3)));  // all bits zero is 0.0f

  const int blocks = samples::blocks_for(count, THREADS);
  for (int step = 0; step < steps; ++step) {
    accelerations<<<blocks, THREADS>>>(device_bodies, device_pull, count);
    advance<<<blocks, THREADS>>>(device_bodies, device_velocities, device_pull, count, time_step);
  }
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(moved.data(), device_bodies, count * sizeof(float4), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_bodies));
  CUDA_CHECK(cudaFree(device_velocities));
  CUDA_CHECK(cudaFree(device_pull));

  // One pull is a sum of 1,000 terms: relative error below 1,000 * 2^-24 plus a few units for rsqrtf, under 1e-4 of a
  // pull of size about 1. Ten (step, earlier step) pairs carry it into the position with time_step^2, 1e-4 each: 1e-7.
  // Storing positions of size 1 adds half a unit, 6e-8, per step. Their sum stays below 1e-6.
  const std::vector<double> exact = reference(bodies, steps, time_step);
  double worst = 0;
  for (int i = 0; i < count; ++i) {
    worst = std::max({worst, std::fabs(moved[i].x - exact[3 * i]), std::fabs(moved[i].y - exact[3 * i + 1]),
                      std::fabs(moved[i].z - exact[3 * i + 2])});
  }
  return samples::verdict(worst < 1e-6, "nbody: %d bodies, %d steps, worst position error %.2g (bound 1e-06)", count, steps, worst);
}
