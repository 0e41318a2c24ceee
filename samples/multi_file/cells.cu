// A second file with kernels. Internal linkage lets both files use short names.

#include "../common/check.h"
#include "motion.h"

namespace {

__global__ void count(const Particle* particles, int particle_count, int* counts, int cells) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < particle_count) atomicAdd(&counts[cell_of(particles[i], cells)], 1);
}

}  // namespace

std::vector<int> count_per_cell(const std::vector<Particle>& particles, int cells) {
  std::vector<int> counts(cells * cells);
  Particle* device_particles;
  int* device_counts;
  CUDA_CHECK(cudaMalloc(&device_particles, particles.size() * sizeof(Particle)));
  CUDA_CHECK(cudaMalloc(&device_counts, counts.size() * sizeof(int)));
  CUDA_CHECK(cudaMemcpy(device_particles, particles.data(), particles.size() * sizeof(Particle), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemset(device_counts, 0, counts.size() * sizeof(int)));
  const int particle_count = static_cast<int>(particles.size());
  count<<<samples::blocks_for(particle_count, 128), 128>>>(device_particles, particle_count, device_counts, cells);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(counts.data(), device_counts, counts.size() * sizeof(int), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_particles));
  CUDA_CHECK(cudaFree(device_counts));
  return counts;
}
