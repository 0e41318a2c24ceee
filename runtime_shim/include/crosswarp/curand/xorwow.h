// XORWOW: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003); subsequences are 2^67 numbers apart.
#ifndef CROSSWARP_CURAND_XORWOW_H
#define CROSSWARP_CURAND_XORWOW_H

#include "common.h"
#include "jump_tables.h"

struct curandStateXORWOW {
  unsigned int d, v[5];
  int boxmuller_flag;
  int boxmuller_flag_double;
  float boxmuller_extra;
  double boxmuller_extra_double;
};
typedef struct curandStateXORWOW curandStateXORWOW_t;
typedef struct curandStateXORWOW curandState_t;
typedef struct curandStateXORWOW curandState;

namespace __cw {
namespace curand {
CW_CURAND void xorwow_step(unsigned int* v) {
  const unsigned int t = v[0] ^ (v[0] >> 2);
  v[0] = v[1];
  v[1] = v[2];
  v[2] = v[3];
  v[3] = v[4];
  v[4] = (v[4] ^ (v[4] << 4)) ^ (t ^ (t << 1));
}

// The polynomial (bit i for x^i) of the step, applied to v.
CW_CURAND void xorwow_apply(const unsigned int* polynomial, unsigned int* v) {
  unsigned int sum[5] = {0, 0, 0, 0, 0};
  for (int word = 0; word < 5; ++word) {
    for (int bit = 0; bit < 32; ++bit) {
      const unsigned int mask = 0u - (polynomial[word] >> bit & 1u);
      for (int i = 0; i < 5; ++i) sum[i] ^= v[i] & mask;
      xorwow_step(v);
    }
  }
  for (int i = 0; i < 5; ++i) v[i] = sum[i];
}

// `count` units ahead; entry k of the table is for 2^k units.
CW_CURAND void xorwow_jump(const unsigned int (*table)[5], unsigned long long count, unsigned int* v) {
  for (int bit = 0; bit < 64 && count >> bit; ++bit) {
    if (count >> bit & 1) xorwow_apply(table[bit], v);
  }
}
}  // namespace curand
}  // namespace __cw

// The next 32 bits.
CW_CURAND unsigned int curand(curandStateXORWOW_t* state) {
  __cw::curand::xorwow_step(state->v);
  state->d += 362437u;
  return state->v[4] + state->d;
}

CW_CURAND void skipahead(unsigned long long n, curandStateXORWOW_t* state) {
  __cw::curand::xorwow_jump(__cw::curand::xorwow_steps, n, state->v);
  state->d += 362437u * __cw::curand::low_word(n);
}

// The counter d has period 2^32, which divides a subsequence.
CW_CURAND void skipahead_sequence(unsigned long long n, curandStateXORWOW_t* state) {
  __cw::curand::xorwow_jump(__cw::curand::xorwow_subsequences, n, state->v);
}

CW_CURAND void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                           curandStateXORWOW_t* state) {
  const unsigned int t0 = 1099087573u * (__cw::curand::low_word(seed) ^ 0xaad26b49u);
  const unsigned int t1 = 2591861531u * (__cw::curand::high_word(seed) ^ 0xf7dcefddu);
  state->d = 6615241u + t1 + t0;
  state->v[0] = 123456789u + t0;
  state->v[1] = 362436069u ^ t0;
  state->v[2] = 521288629u + t1;
  state->v[3] = 88675123u ^ t1;
  state->v[4] = 5783321u + t0;
  skipahead_sequence(subsequence, state);
  skipahead(offset, state);
  __cw::curand::forget_normals(state);
}

#endif
