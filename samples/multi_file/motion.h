// One step of one particle, for host and device. Outside of nvcc the CUDA qualifiers vanish.

#ifndef SAMPLES_MULTI_FILE_MOTION_H
#define SAMPLES_MULTI_FILE_MOTION_H

#include <cmath>

#include "particles.h"

#ifdef __CUDACC__
#define HOST_DEVICE __host__ __device__
#else
#define HOST_DEVICE
#endif

// Reflects a coordinate that left [0, 1] and turns its speed around.
HOST_DEVICE inline void bounce(float& position, float& speed) {
  if (position < 0) {
    position = -position;
    speed = -speed;
  } else if (position > 1) {
    position = 2 - position;
    speed = -speed;
  }
}

// fmaf: one rounding on every processor, so that host and device agree to the bit.
HOST_DEVICE inline Particle step(Particle particle, float time_step) {
  particle.x = fmaf(particle.speed_x, time_step, particle.x);
  particle.y = fmaf(particle.speed_y, time_step, particle.y);
  bounce(particle.x, particle.speed_x);
  bounce(particle.y, particle.speed_y);
  return particle;
}

HOST_DEVICE inline int cell_of(const Particle& particle, int cells) {
  const int column = static_cast<int>(particle.x * cells), row = static_cast<int>(particle.y * cells);
  return (row < cells ? row : cells - 1) * cells + (column < cells ? column : cells - 1);
}

#endif
