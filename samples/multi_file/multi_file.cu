// A program of several files: two with kernels, one in ordinary C++, and this one with main.
//
// Teaches: splitting a CUDA program (each .cu file keeps its kernels to itself and offers host functions), a header
// shared by nvcc and the C++ compiler, objects compiled one by one and linked (see the Makefile), and kernels of
// several files in one program.
//
// Build: nvcc multi_file.cu motion.cu cells.cu report.cpp -o multi_file

#include <vector>

#include "particles.h"

int main() {
  const int count = 20000, steps = 100, cells = 8;
  const float time_step = 0.01f;
  std::vector<Particle> particles(count);
  unsigned state = 1;
  const auto uniform = [&state] {  // in [0, 1), from a linear congruential generator
    state = state * 1664525u + 1013904223u;
    return static_cast<float>(state >> 8) / (1 << 24);
  };
  for (Particle& particle : particles) particle = {uniform(), uniform(), 2 * uniform() - 1, 2 * uniform() - 1};

  std::vector<Particle> expected = particles;
  move_particles(particles, steps, time_step);
  move_particles_on_host(expected, steps, time_step);
  return report(particles, expected, count_per_cell(particles, cells), count_per_cell_on_host(expected, cells));
}
