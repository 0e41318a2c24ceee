// What the files of the cuRAND device API share. C++11, host and device.
//
// States, generators and distributions follow the cuRAND Library Programming Guide, chapter "Device API Overview", and the papers
// it cites; raw and uniform numbers have the bits of cuRAND's own generators.
#ifndef CROSSWARP_CURAND_COMMON_H
#define CROSSWARP_CURAND_COMMON_H

#include <math.h>

#include "../../cuda_runtime.h"

#define CW_CURAND static __host__ __device__ __inline__ __attribute__((unused))
#if defined(__CUDA_ARCH__)
#define CW_CURAND_TABLE static __device__ const
#else
#define CW_CURAND_TABLE static const __attribute__((unused))
#endif

namespace __cw {
namespace curand {
// Every pseudorandom state keeps the second value of a Box-Muller pair.
template <class State>
CW_CURAND void forget_normals(State* state) {
  state->boxmuller_flag = 0;
  state->boxmuller_flag_double = 0;
  state->boxmuller_extra = 0.0f;
  state->boxmuller_extra_double = 0.0;
}
CW_CURAND unsigned int low_word(unsigned long long value) { return (unsigned int)value; }
CW_CURAND unsigned int high_word(unsigned long long value) { return (unsigned int)(value >> 32); }
}  // namespace curand
}  // namespace __cw

#endif
