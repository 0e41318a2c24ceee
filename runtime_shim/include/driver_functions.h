// cudaExtent, cudaPos and cudaPitchedPtr from their parts.
#ifndef CROSSWARP_DRIVER_FUNCTIONS_H
#define CROSSWARP_DRIVER_FUNCTIONS_H

#include "driver_types.h"

static __inline__ __host__ struct cudaExtent make_cudaExtent(size_t width, size_t height, size_t depth) {
  struct cudaExtent extent = {width, height, depth};
  return extent;
}
static __inline__ __host__ struct cudaPos make_cudaPos(size_t x, size_t y, size_t z) {
  struct cudaPos position = {x, y, z};
  return position;
}
static __inline__ __host__ struct cudaPitchedPtr make_cudaPitchedPtr(void* pointer, size_t pitch, size_t xsize, size_t ysize) {
  struct cudaPitchedPtr pitched = {pointer, pitch, xsize, ysize};
  return pitched;
}

#endif
