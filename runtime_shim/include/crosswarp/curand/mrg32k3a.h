// MRG32k3a: L'Ecuyer, Operations Research 47 (1999); subsequences are 2^76 numbers apart, sequences 2^127.
#ifndef CROSSWARP_CURAND_MRG32K3A_H
#define CROSSWARP_CURAND_MRG32K3A_H

#include "common.h"
#include "jump_tables.h"

struct curandStateMRG32k3a {
  unsigned int s1[3];
  unsigned int s2[3];
  int boxmuller_flag;
  int boxmuller_flag_double;
  float boxmuller_extra;
  double boxmuller_extra_double;
};
typedef struct curandStateMRG32k3a curandStateMRG32k3a_t;

namespace __cw {
namespace curand {
enum : unsigned int { mrg_first_modulus = 4294967087u, mrg_second_modulus = 4294944443u };

// v = matrix * v modulo m.
CW_CURAND void mrg_multiply(const unsigned int* matrix, unsigned long long modulus, unsigned int* v) {
  unsigned int product[3];
  for (int row = 0; row < 3; ++row) {
    unsigned long long sum = 0;
    for (int i = 0; i < 3; ++i) sum = (sum + (unsigned long long)matrix[3 * row + i] * v[i] % modulus) % modulus;
    product[row] = (unsigned int)sum;
  }
  for (int row = 0; row < 3; ++row) v[row] = product[row];
}

CW_CURAND void mrg_jump(const unsigned int (*first)[9], const unsigned int (*second)[9], unsigned long long count,
                        curandStateMRG32k3a_t* state) {
  for (int bit = 0; bit < 64 && count >> bit; ++bit) {
    if (!(count >> bit & 1)) continue;
    mrg_multiply(first[bit], mrg_first_modulus, state->s1);
    mrg_multiply(second[bit], mrg_second_modulus, state->s2);
  }
}

// (plus * a - minus * b) modulo m, for a and b below m.
CW_CURAND unsigned int mrg_recur(unsigned int plus, unsigned int a, unsigned int minus, unsigned int b, unsigned int modulus) {
  const unsigned long long negated = (unsigned long long)minus * (modulus - b);
  return (unsigned int)(((unsigned long long)plus * a + negated) % modulus);
}

// The next number, 1 to 4294967087.
CW_CURAND unsigned int mrg_next(curandStateMRG32k3a_t* state) {
  const unsigned int p1 = mrg_recur(1403580u, state->s1[1], 810728u, state->s1[0], mrg_first_modulus);
  const unsigned int p2 = mrg_recur(527612u, state->s2[2], 1370589u, state->s2[0], mrg_second_modulus);
  state->s1[0] = state->s1[1];
  state->s1[1] = state->s1[2];
  state->s1[2] = p1;
  state->s2[0] = state->s2[1];
  state->s2[1] = state->s2[2];
  state->s2[2] = p2;
  return p1 > p2 ? p1 - p2 : p1 - p2 + mrg_first_modulus;
}
}  // namespace curand
}  // namespace __cw

// The next 32 bits: the number stretched to the whole range.
CW_CURAND unsigned int curand(curandStateMRG32k3a_t* state) {
  const double stretched = __cw::curand::mrg_next(state) * 1.000000048662;
  return stretched < 4294967295.0 ? (unsigned int)stretched : 4294967295u;
}

CW_CURAND void skipahead(unsigned long long n, curandStateMRG32k3a_t* state) {
  __cw::curand::mrg_jump(__cw::curand::mrg_first_steps, __cw::curand::mrg_second_steps, n, state);
}
CW_CURAND void skipahead_subsequence(unsigned long long n, curandStateMRG32k3a_t* state) {
  __cw::curand::mrg_jump(__cw::curand::mrg_first_subsequences, __cw::curand::mrg_second_subsequences, n, state);
}
CW_CURAND void skipahead_sequence(unsigned long long n, curandStateMRG32k3a_t* state) {
  __cw::curand::mrg_jump(__cw::curand::mrg_first_sequences, __cw::curand::mrg_second_sequences, n, state);
}

CW_CURAND void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                           curandStateMRG32k3a_t* state) {
  const unsigned long long low = seed ? __cw::curand::low_word(seed) ^ 0x55555555u : 1u;
  const unsigned long long high = seed ? __cw::curand::high_word(seed) ^ 0xAAAAAAAAu : 1u;
  for (int i = 0; i < 3; ++i) {
    state->s1[i] = (unsigned int)(12345u * (i == 1 ? high : low) % __cw::curand::mrg_first_modulus);
    state->s2[i] = (unsigned int)(12345u * (i == 1 ? low : high) % __cw::curand::mrg_second_modulus);
  }
  skipahead_subsequence(subsequence, state);
  skipahead(offset, state);
  __cw::curand::forget_normals(state);
}

#endif
