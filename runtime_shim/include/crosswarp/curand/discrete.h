// curand_discrete, and the distributions it takes: a table of where the distribution's function has reached each number. C++.
#ifndef CROSSWARP_CURAND_DISCRETE_H
#define CROSSWARP_CURAND_DISCRETE_H

#include <stdlib.h>

#include "poisson.h"

// In device memory, the table behind it: reached[i] is the probability of at most first + i.
struct curandDiscreteDistribution_st {
  unsigned int first, count;
  double reached[1];
};
typedef struct curandDiscreteDistribution_st* curandDiscreteDistribution_t;

namespace __cw {
namespace curand {
CW_CURAND double to_probability(unsigned int bits) { return bits * CW_CURAND_32_BITS + CW_CURAND_32_BITS / 2; }
CW_CURAND double to_probability(unsigned long long bits) { return to_uniform_double(bits); }

// The first number whose probability reaches u.
CW_CURAND unsigned int discrete(double u, const curandDiscreteDistribution_st* distribution) {
  unsigned int low = 0, high = distribution->count - 1;
  while (low < high) {
    const unsigned int middle = low + (high - low) / 2;
    if (distribution->reached[middle] < u) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return distribution->first + low;
}

// What is left out on either side is less than 1e-20.
static inline unsigned int poisson_first(double lambda) {
  return (unsigned int)fmax(0.0, floor(lambda - 10.0 * sqrt(lambda) - 20.0));
}
static inline unsigned int poisson_last(double lambda) { return (unsigned int)ceil(lambda + 10.0 * sqrt(lambda) + 40.0); }
static inline void fill_poisson(double lambda, curandDiscreteDistribution_st* distribution) {
  double sum = 0.0;
  for (unsigned int i = 0; i < distribution->count; ++i) {
    sum += exp(poisson_log_probability(distribution->first + i, lambda));
    distribution->reached[i] = sum;
  }
}
}  // namespace curand
}  // namespace __cw

#define CW_CURAND_DISCRETE(name)                                                                                             \
  CW_CURAND unsigned int curand_discrete(curandState##name##_t* state, curandDiscreteDistribution_t discrete_distribution) { \
    return __cw::curand::discrete(__cw::curand::to_probability(curand(state)), discrete_distribution);                       \
  }
CW_CURAND_DISCRETE(XORWOW)
CW_CURAND_DISCRETE(MRG32k3a)
CW_CURAND_DISCRETE(Philox4_32_10)
CW_CURAND_DISCRETE(Sobol32)
CW_CURAND_DISCRETE(ScrambledSobol32)
CW_CURAND_DISCRETE(Sobol64)
CW_CURAND_DISCRETE(ScrambledSobol64)
#undef CW_CURAND_DISCRETE

CW_CURAND uint4 curand_discrete4(curandStatePhilox4_32_10_t* state, curandDiscreteDistribution_t discrete_distribution) {
  uint4 numbers;
  numbers.x = curand_discrete(state, discrete_distribution);
  numbers.y = curand_discrete(state, discrete_distribution);
  numbers.z = curand_discrete(state, discrete_distribution);
  numbers.w = curand_discrete(state, discrete_distribution);
  return numbers;
}

// CURAND_STATUS_OUT_OF_RANGE: lambda is not in (0, 400000]; CURAND_STATUS_ALLOCATION_FAILED: no memory, on the host or the device.
static inline __attribute__((unused)) curandStatus_t
curandCreatePoissonDistribution(double lambda, curandDiscreteDistribution_t* discrete_distribution) {
  if (discrete_distribution == nullptr || !(lambda > 0.0 && lambda <= 400000.0)) return CURAND_STATUS_OUT_OF_RANGE;
  const unsigned int first = __cw::curand::poisson_first(lambda), count = __cw::curand::poisson_last(lambda) - first + 1;
  const size_t bytes = sizeof(curandDiscreteDistribution_st) + count * sizeof(double);
  curandDiscreteDistribution_st* made = (curandDiscreteDistribution_st*)malloc(bytes);
  void* memory = nullptr;
  if (made == nullptr) return CURAND_STATUS_ALLOCATION_FAILED;
  made->first = first;
  made->count = count;
  __cw::curand::fill_poisson(lambda, made);
  const bool placed =
      cudaMalloc(&memory, bytes) == cudaSuccess && cudaMemcpy(memory, made, bytes, cudaMemcpyHostToDevice) == cudaSuccess;
  free(made);
  if (!placed) {
    cudaFree(memory);
    return CURAND_STATUS_ALLOCATION_FAILED;
  }
  *discrete_distribution = (curandDiscreteDistribution_t)memory;
  return CURAND_STATUS_SUCCESS;
}

// CURAND_STATUS_NOT_INITIALIZED: it was never created, or is destroyed.
static inline __attribute__((unused)) curandStatus_t curandDestroyDistribution(curandDiscreteDistribution_t discrete_distribution) {
  if (discrete_distribution == nullptr) return CURAND_STATUS_NOT_INITIALIZED;
  return cudaFree(discrete_distribution) == cudaSuccess ? CURAND_STATUS_SUCCESS : CURAND_STATUS_NOT_INITIALIZED;
}

#endif
