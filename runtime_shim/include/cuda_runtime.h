// The runtime API for C++ and, in a CUDA compilation, the CUDA language: what nvcc includes before every source.
#ifndef CROSSWARP_CUDA_RUNTIME_H
#define CROSSWARP_CUDA_RUNTIME_H
#define __CUDA_RUNTIME_H__

#include "channel_descriptor.h"
#include "cuda_runtime_api.h"
#include "host_defines.h"
#include "vector_functions.h"
#include "vector_types.h"

// cudaExtent, cudaPos and cudaPitchedPtr from their parts.
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

#if defined(__cplusplus)
#if defined(__CUDACC__) && defined(__CUDA__)
#include "crosswarp/cuda_language.h"
#endif
#include "crosswarp/api/templates.h"
#endif

#endif
