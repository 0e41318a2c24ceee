// Device code of its own: the kernel has internal linkage, only move_particles is seen by other files.

#include "../common/check.h"
#include "motion.h"

namespace {

__global__ void move(Particle* particles, int count, int steps, float time_step) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  Particle particle = particles[i];
  for (int k = 0; k < steps; ++k) particle = step(particle, time_step);
  particles[i] = particle;
}

}  // namespace

void move_particles(std::vector<Particle>& particles, int steps, float time_step) {
  const size_t bytes = particles.size() * sizeof(Particle);
  const int count = static_cast<int>(particles.size());
  Particle* device;
  CUDA_CHECK(cudaMalloc(&device, bytes));
  CUDA_CHECK(cudaMemcpy(device, particles.data(), bytes, cudaMemcpyHostToDevice));
  move<<<samples::blocks_for(count, 128), 128>>>(device, count, steps, time_step);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(particles.data(), device, bytes, cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device));
}
