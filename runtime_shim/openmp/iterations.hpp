// How many iterations a loop has.
#ifndef CROSSWARP_OPENMP_ITERATIONS_HPP
#define CROSSWARP_OPENMP_ITERATIONS_HPP

#include "openmp/gomp.hpp"

// From `lower` to `upper`, both of them included.
template <typename T, typename Step>
static Word trips(T lower, T upper, Step step) {
  using Unsigned = __make_unsigned(T);
  if (step > 0 ? upper < lower : lower < upper) return 0;
  const Unsigned distance = step > 0 ? Unsigned(upper) - Unsigned(lower) : Unsigned(lower) - Unsigned(upper);
  const Unsigned stride = step > 0 ? Unsigned(step) : Unsigned(0) - Unsigned(step);
  return Word(distance / stride) + 1;
}

#endif
