// Uniform numbers in (0, 1]: the centre of each of 2^32 (float) or 2^53 (double) intervals, rounded.
#ifndef CROSSWARP_CURAND_UNIFORM_H
#define CROSSWARP_CURAND_UNIFORM_H

#include "mrg32k3a.h"
#include "philox.h"
#include "sobol.h"
#include "xorwow.h"

namespace __cw {
namespace curand {
// 2^-32 and 2^-53; C++11 has no hexadecimal fractions.
#define CW_CURAND_32_BITS 2.3283064365386963e-10
#define CW_CURAND_53_BITS 1.1102230246251565e-16
CW_CURAND float to_uniform(unsigned int bits) { return (float)bits * (float)CW_CURAND_32_BITS + (float)(CW_CURAND_32_BITS / 2); }
CW_CURAND float to_uniform(unsigned long long bits) { return to_uniform(high_word(bits)); }
// A Sobol number of 32 bits: the end of its interval, as cuRAND has it.
CW_CURAND double to_uniform_double(unsigned int bits) { return bits * CW_CURAND_32_BITS + CW_CURAND_32_BITS; }
CW_CURAND double to_uniform_double(unsigned long long bits) {
  return (double)(bits >> 11) * CW_CURAND_53_BITS + CW_CURAND_53_BITS / 2;
}
// 53 bits of two numbers.
CW_CURAND double to_uniform_double(unsigned int low, unsigned int high) {
  return (double)(low ^ (unsigned long long)high << 21) * CW_CURAND_53_BITS + CW_CURAND_53_BITS / 2;
}
CW_CURAND double2 to_uniform2_double(uint4 bits) {
  return make_double2(to_uniform_double(bits.x, bits.y), to_uniform_double(bits.z, bits.w));
}
// A double of two numbers of a pseudorandom generator.
template <class State>
CW_CURAND double next_uniform_double(State* state) {
  const unsigned int low = ::curand(state);
  return to_uniform_double(low, ::curand(state));
}
}  // namespace curand
}  // namespace __cw

#define CW_CURAND_UNIFORM(name) \
  CW_CURAND float curand_uniform(curandState##name##_t* state) { return __cw::curand::to_uniform(curand(state)); }
#define CW_CURAND_UNIFORM_PSEUDO(name) \
  CW_CURAND_UNIFORM(name)              \
  CW_CURAND double curand_uniform_double(curandState##name##_t* state) { return __cw::curand::next_uniform_double(state); }
#define CW_CURAND_UNIFORM_QUASI(name) \
  CW_CURAND_UNIFORM(name)             \
  CW_CURAND double curand_uniform_double(curandState##name##_t* state) { return __cw::curand::to_uniform_double(curand(state)); }
CW_CURAND_UNIFORM_PSEUDO(XORWOW)
CW_CURAND_UNIFORM_PSEUDO(Philox4_32_10)
CW_CURAND_UNIFORM_QUASI(Sobol32)
CW_CURAND_UNIFORM_QUASI(ScrambledSobol32)
CW_CURAND_UNIFORM_QUASI(Sobol64)
CW_CURAND_UNIFORM_QUASI(ScrambledSobol64)
#undef CW_CURAND_UNIFORM_QUASI
#undef CW_CURAND_UNIFORM_PSEUDO
#undef CW_CURAND_UNIFORM

// MRG32k3a's numbers over its modulus: 32 bits also as a double.
CW_CURAND double curand_uniform_double(curandStateMRG32k3a_t* state) {
  return __cw::curand::mrg_next(state) * 2.328306549837829e-10;
}
CW_CURAND float curand_uniform(curandStateMRG32k3a_t* state) { return (float)curand_uniform_double(state); }

CW_CURAND float4 curand_uniform4(curandStatePhilox4_32_10_t* state) {
  const uint4 bits = curand4(state);
  return make_float4(__cw::curand::to_uniform(bits.x), __cw::curand::to_uniform(bits.y), __cw::curand::to_uniform(bits.z),
                     __cw::curand::to_uniform(bits.w));
}
CW_CURAND double2 curand_uniform2_double(curandStatePhilox4_32_10_t* state) {
  return __cw::curand::to_uniform2_double(curand4(state));
}
CW_CURAND double4 curand_uniform4_double(curandStatePhilox4_32_10_t* state) {
  const double2 first = curand_uniform2_double(state), second = curand_uniform2_double(state);
  return make_double4(first.x, first.y, second.x, second.y);
}

#endif
