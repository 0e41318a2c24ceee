// Shared by all files of the sample: plain C++, so that report.cpp can be compiled by any C++ compiler.

#ifndef SAMPLES_MULTI_FILE_PARTICLES_H
#define SAMPLES_MULTI_FILE_PARTICLES_H

#include <vector>

struct Particle {
  float x, y, speed_x, speed_y;
};

// Moves every particle for `steps` steps inside the unit square, bouncing off its walls (motion.cu, on the device).
void move_particles(std::vector<Particle>& particles, int steps, float time_step);

// How many particles are in each cell of a `cells` x `cells` grid over the unit square (cells.cu, on the device).
std::vector<int> count_per_cell(const std::vector<Particle>& particles, int cells);

// The same two, on the host (report.cpp), and the program's verdict from both results.
void move_particles_on_host(std::vector<Particle>& particles, int steps, float time_step);
std::vector<int> count_per_cell_on_host(const std::vector<Particle>& particles, int cells);
int report(const std::vector<Particle>& moved, const std::vector<Particle>& expected, const std::vector<int>& counts,
           const std::vector<int>& expected_counts);

#endif
