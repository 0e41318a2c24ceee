// Poisson numbers.
//
// Pseudorandom generators: Knuth's product of uniform numbers below 64, from there Hormann's transformed rejection ("The
// transformed rejection method for generating Poisson random variables", 1993). Sobol sequences: the inverse distribution, one
// number each. cuRAND does not document its algorithms, so the sequences differ from cuRAND's; the distribution does not.
#ifndef CROSSWARP_CURAND_POISSON_H
#define CROSSWARP_CURAND_POISSON_H

#include "normal.h"

namespace __cw {
namespace curand {
template <class State>
CW_CURAND unsigned int poisson_product(State* state, double lambda) {
  const double limit = exp(-lambda);
  unsigned int count = 0;
  for (double product = curand_uniform_double(state); product > limit; product *= curand_uniform_double(state)) ++count;
  return count;
}

// log of lambda^k e^-lambda / k!.
CW_CURAND double poisson_log_probability(double k, double lambda) { return k * log(lambda) - lambda - lgamma(k + 1.0); }

template <class State>
CW_CURAND unsigned int poisson_rejection(State* state, double lambda) {
  const double b = 0.931 + 2.53 * sqrt(lambda), a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), accepted = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const double u = curand_uniform_double(state) - 0.5, v = curand_uniform_double(state);
    const double us = 0.5 - fabs(u), k = floor((2.0 * a / us + b) * u + lambda + 0.43);
    if (us >= 0.07 && v <= accepted) return (unsigned int)k;
    if (k < 0.0 || (us < 0.013 && v > us)) continue;
    if (log(v * inverse_alpha / (a / (us * us) + b)) <= poisson_log_probability(k, lambda)) return (unsigned int)k;
  }
}

// The smallest k whose distribution reaches u; a sum that starts where less than 1e-20 lies below.
CW_CURAND unsigned int poisson_inverse_sum(double u, double lambda) {
  double k = fmax(0.0, floor(lambda - 10.0 * sqrt(lambda) - 20.0));
  double probability = exp(poisson_log_probability(k, lambda)), sum = probability;
  while (sum < u && probability > 0.0) {
    k += 1.0;
    probability *= lambda / k;
    sum += probability;
  }
  return (unsigned int)k;
}

// Cornish and Fisher's expansion, for large lambda: its error is less than one.
CW_CURAND unsigned int poisson_inverse_expansion(double normal, double lambda) {
  return (unsigned int)fmax(0.0, floor(lambda + sqrt(lambda) * normal + (normal * normal - 1.0) / 6.0 + 0.5));
}

template <class State>
CW_CURAND unsigned int poisson(State* state, double lambda) {
  return lambda < 64.0 ? poisson_product(state, lambda) : poisson_rejection(state, lambda);
}
template <class State>
CW_CURAND unsigned int poisson_quasi(State* state, double lambda) {
  return lambda < 4000.0 ? poisson_inverse_sum(curand_uniform_double(state), lambda)
                         : poisson_inverse_expansion(curand_normal_double(state), lambda);
}
}  // namespace curand
}  // namespace __cw

#define CW_CURAND_POISSON(name, algorithm)                                             \
  CW_CURAND unsigned int curand_poisson(curandState##name##_t* state, double lambda) { \
    return __cw::curand::algorithm(state, lambda);                                     \
  }
CW_CURAND_POISSON(XORWOW, poisson)
CW_CURAND_POISSON(MRG32k3a, poisson)
CW_CURAND_POISSON(Philox4_32_10, poisson)
CW_CURAND_POISSON(Sobol32, poisson_quasi)
CW_CURAND_POISSON(ScrambledSobol32, poisson_quasi)
CW_CURAND_POISSON(Sobol64, poisson_quasi)
CW_CURAND_POISSON(ScrambledSobol64, poisson_quasi)
#undef CW_CURAND_POISSON

CW_CURAND uint4 curand_poisson4(curandStatePhilox4_32_10_t* state, double lambda) {
  uint4 numbers;
  numbers.x = curand_poisson(state, lambda);
  numbers.y = curand_poisson(state, lambda);
  numbers.z = curand_poisson(state, lambda);
  numbers.w = curand_poisson(state, lambda);
  return numbers;
}

#endif
