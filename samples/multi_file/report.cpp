// The host side, in ordinary C++: the reference computation and the verdict. No CUDA header is needed.

#include <cstdio>

#include "motion.h"

void move_particles_on_host(std::vector<Particle>& particles, int steps, float time_step) {
  for (Particle& particle : particles) {
    for (int k = 0; k < steps; ++k) particle = step(particle, time_step);
  }
}

std::vector<int> count_per_cell_on_host(const std::vector<Particle>& particles, int cells) {
  std::vector<int> counts(cells * cells);
  for (const Particle& particle : particles) ++counts[cell_of(particle, cells)];
  return counts;
}

int report(const std::vector<Particle>& moved, const std::vector<Particle>& expected, const std::vector<int>& counts,
           const std::vector<int>& expected_counts) {
  int wrong_particles = 0, wrong_cells = 0;
  for (size_t i = 0; i < moved.size(); ++i) wrong_particles += moved[i].x != expected[i].x || moved[i].y != expected[i].y;
  for (size_t i = 0; i < counts.size(); ++i) wrong_cells += counts[i] != expected_counts[i];
  const bool pass = wrong_particles == 0 && wrong_cells == 0;
  std::printf("%s multi_file: %d of %d particles differ from the host, %d of %d cells\n", pass ? "PASS" : "FAIL", wrong_particles,
              static_cast<int>(moved.size()), wrong_cells, static_cast<int>(counts.size()));
  return pass ? 0 : 1;
}
