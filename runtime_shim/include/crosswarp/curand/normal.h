// Normal and log-normal numbers: Box and Muller's pairs for pseudorandom generators, the inverse distribution for Sobol sequences.
#ifndef CROSSWARP_CURAND_NORMAL_H
#define CROSSWARP_CURAND_NORMAL_H

#include "inverse_normal.h"
#include "uniform.h"

namespace __cw {
namespace curand {
CW_CURAND float2 box_muller(unsigned int radius, unsigned int angle) {
  const float u = to_uniform(radius),
              v = (float)angle * (6.2831855f * (float)CW_CURAND_32_BITS) + 3.14159274f * (float)CW_CURAND_32_BITS;
  const float s = sqrtf(-2.0f * logf(u));
  return make_float2(s * sinf(v), s * cosf(v));
}
CW_CURAND double2 box_muller_double(uint4 bits) {
  const double u = to_uniform_double(bits.x, bits.y), v = 6.2831853071795865 * to_uniform_double(bits.z, bits.w);
  const double s = sqrt(-2.0 * log(u));
  return make_double2(s * sin(v), s * cos(v));
}

// A pair from a state; the order of the draws is part of the sequence.
template <class State>
CW_CURAND float2 next_normals(State* state) {
  const unsigned int radius = ::curand(state);
  return box_muller(radius, ::curand(state));
}
CW_CURAND float2 next_normals(curandStateMRG32k3a_t* state) {
  const float u = curand_uniform(state), v = curand_uniform(state) * 6.2831855f;
  const float s = sqrtf(-2.0f * logf(u));
  return make_float2(s * sinf(v), s * cosf(v));
}
template <class State>
CW_CURAND double2 next_normals_double(State* state) {
  uint4 bits;
  bits.x = ::curand(state);
  bits.y = ::curand(state);
  bits.z = ::curand(state);
  bits.w = ::curand(state);
  return box_muller_double(bits);
}
CW_CURAND double2 next_normals_double(curandStateMRG32k3a_t* state) {
  const double u = curand_uniform_double(state), v = curand_uniform_double(state) * 6.2831853071795865;
  const double s = sqrt(-2.0 * log(u));
  return make_double2(s * sin(v), s * cos(v));
}
}  // namespace curand
}  // namespace __cw

// One of a pair; the other one waits in the state.
#define CW_CURAND_NORMAL(name)                                                                                               \
  CW_CURAND float2 curand_normal2(curandState##name##_t* state) { return __cw::curand::next_normals(state); }                \
  CW_CURAND double2 curand_normal2_double(curandState##name##_t* state) { return __cw::curand::next_normals_double(state); } \
  CW_CURAND float curand_normal(curandState##name##_t* state) {                                                              \
    state->boxmuller_flag = !state->boxmuller_flag;                                                                          \
    if (!state->boxmuller_flag) return state->boxmuller_extra;                                                               \
    const float2 pair = curand_normal2(state);                                                                               \
    state->boxmuller_extra = pair.y;                                                                                         \
    return pair.x;                                                                                                           \
  }                                                                                                                          \
  CW_CURAND double curand_normal_double(curandState##name##_t* state) {                                                      \
    state->boxmuller_flag_double = !state->boxmuller_flag_double;                                                            \
    if (!state->boxmuller_flag_double) return state->boxmuller_extra_double;                                                 \
    const double2 pair = curand_normal2_double(state);                                                                       \
    state->boxmuller_extra_double = pair.y;                                                                                  \
    return pair.x;                                                                                                           \
  }                                                                                                                          \
  CW_CURAND float2 curand_log_normal2(curandState##name##_t* state, float mean, float stddev) {                              \
    const float2 pair = curand_normal2(state);                                                                               \
    return make_float2(expf(mean + stddev * pair.x), expf(mean + stddev * pair.y));                                          \
  }                                                                                                                          \
  CW_CURAND double2 curand_log_normal2_double(curandState##name##_t* state, double mean, double stddev) {                    \
    const double2 pair = curand_normal2_double(state);                                                                       \
    return make_double2(exp(mean + stddev * pair.x), exp(mean + stddev * pair.y));                                           \
  }
#define CW_CURAND_NORMAL_QUASI(name)                                                                                  \
  CW_CURAND float curand_normal(curandState##name##_t* state) { return __cw::curand::inverse_normal(curand(state)); } \
  CW_CURAND double curand_normal_double(curandState##name##_t* state) { return __cw::curand::inverse_normal_double(curand(state)); }
#define CW_CURAND_LOG_NORMAL(name)                                                                      \
  CW_CURAND float curand_log_normal(curandState##name##_t* state, float mean, float stddev) {           \
    return expf(mean + stddev * curand_normal(state));                                                  \
  }                                                                                                     \
  CW_CURAND double curand_log_normal_double(curandState##name##_t* state, double mean, double stddev) { \
    return exp(mean + stddev * curand_normal_double(state));                                            \
  }
CW_CURAND_NORMAL(XORWOW)
CW_CURAND_NORMAL(MRG32k3a)
CW_CURAND_NORMAL(Philox4_32_10)
CW_CURAND_NORMAL_QUASI(Sobol32)
CW_CURAND_NORMAL_QUASI(ScrambledSobol32)
CW_CURAND_NORMAL_QUASI(Sobol64)
CW_CURAND_NORMAL_QUASI(ScrambledSobol64)
CW_CURAND_LOG_NORMAL(XORWOW)
CW_CURAND_LOG_NORMAL(MRG32k3a)
CW_CURAND_LOG_NORMAL(Philox4_32_10)
CW_CURAND_LOG_NORMAL(Sobol32)
CW_CURAND_LOG_NORMAL(ScrambledSobol32)
CW_CURAND_LOG_NORMAL(Sobol64)
CW_CURAND_LOG_NORMAL(ScrambledSobol64)
#undef CW_CURAND_LOG_NORMAL
#undef CW_CURAND_NORMAL_QUASI
#undef CW_CURAND_NORMAL

CW_CURAND float4 curand_normal4(curandStatePhilox4_32_10_t* state) {
  const uint4 bits = curand4(state);
  const float2 first = __cw::curand::box_muller(bits.x, bits.y), second = __cw::curand::box_muller(bits.z, bits.w);
  return make_float4(first.x, first.y, second.x, second.y);
}
CW_CURAND double4 curand_normal4_double(curandStatePhilox4_32_10_t* state) {
  const double2 first = curand_normal2_double(state), second = curand_normal2_double(state);
  return make_double4(first.x, first.y, second.x, second.y);
}
CW_CURAND float4 curand_log_normal4(curandStatePhilox4_32_10_t* state, float mean, float stddev) {
  const float4 normal = curand_normal4(state);
  return make_float4(expf(mean + stddev * normal.x), expf(mean + stddev * normal.y), expf(mean + stddev * normal.z),
                     expf(mean + stddev * normal.w));
}
CW_CURAND double4 curand_log_normal4_double(curandStatePhilox4_32_10_t* state, double mean, double stddev) {
  const double4 normal = curand_normal4_double(state);
  return make_double4(exp(mean + stddev * normal.x), exp(mean + stddev * normal.y), exp(mean + stddev * normal.z),
                      exp(mean + stddev * normal.w));
}

#endif
