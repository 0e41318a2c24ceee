// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
//
// The seed is the key; of the 128-bit counter the upper half is the subsequence, the lower one counts blocks of four numbers.
#ifndef CROSSWARP_CURAND_PHILOX_H
#define CROSSWARP_CURAND_PHILOX_H

#include "common.h"

struct curandStatePhilox4_32_10 {
  uint4 ctr;
  uint4 output;
  uint2 key;
  unsigned int STATE;
  int boxmuller_flag;
  int boxmuller_flag_double;
  float boxmuller_extra;
  double boxmuller_extra_double;
};
typedef struct curandStatePhilox4_32_10 curandStatePhilox4_32_10_t;

namespace __cw {
namespace curand {
CW_CURAND uint4 philox_round(uint4 counter, uint2 key) {
  const unsigned long long first = (unsigned long long)0xD2511F53u * counter.x,
                           second = (unsigned long long)0xCD9E8D57u * counter.z;
  return make_uint4(high_word(second) ^ counter.y ^ key.x, low_word(second), high_word(first) ^ counter.w ^ key.y, low_word(first));
}

CW_CURAND uint4 philox_block(uint4 counter, uint2 key) {
  for (int round = 0; round < 10; ++round) {
    counter = philox_round(counter, key);
    key = make_uint2(key.x + 0x9E3779B9u, key.y + 0xBB67AE85u);
  }
  return counter;
}

// Adds to the upper half of the counter.
CW_CURAND void philox_add_high(unsigned long long count, uint4* counter) {
  const unsigned long long high = ((unsigned long long)counter->w << 32 | counter->z) + count;
  counter->z = low_word(high);
  counter->w = high_word(high);
}
CW_CURAND void philox_add(unsigned long long count, uint4* counter) {
  const unsigned long long low = ((unsigned long long)counter->y << 32 | counter->x) + count;
  counter->x = low_word(low);
  counter->y = high_word(low);
  if (low < count) philox_add_high(1, counter);
}

CW_CURAND void philox_next_block(curandStatePhilox4_32_10_t* state) {
  philox_add(1, &state->ctr);
  state->output = philox_block(state->ctr, state->key);
}
// Number `index`, 0 to 3, of the block.
CW_CURAND unsigned int philox_pick(uint4 block, unsigned int index) {
  return index < 2 ? (index ? block.y : block.x) : (index == 2 ? block.z : block.w);
}
}  // namespace curand
}  // namespace __cw

// The next 32 bits.
CW_CURAND unsigned int curand(curandStatePhilox4_32_10_t* state) {
  const unsigned int number = __cw::curand::philox_pick(state->output, state->STATE);
  state->STATE = (state->STATE + 1) & 3;
  if (state->STATE == 0) __cw::curand::philox_next_block(state);
  return number;
}

// The next four numbers, wherever in a block the state stands.
CW_CURAND uint4 curand4(curandStatePhilox4_32_10_t* state) {
  const uint4 old = state->output;
  __cw::curand::philox_next_block(state);
  const uint4 next = state->output;
  switch (state->STATE) {
    case 1:
      return make_uint4(old.y, old.z, old.w, next.x);
    case 2:
      return make_uint4(old.z, old.w, next.x, next.y);
    case 3:
      return make_uint4(old.w, next.x, next.y, next.z);
    default:
      return old;
  }
}

CW_CURAND void skipahead(unsigned long long n, curandStatePhilox4_32_10_t* state) {
  const unsigned int within = state->STATE + (unsigned int)(n & 3);
  __cw::curand::philox_add((n >> 2) + (within >> 2), &state->ctr);
  state->STATE = within & 3;
  state->output = __cw::curand::philox_block(state->ctr, state->key);
}
CW_CURAND void skipahead_sequence(unsigned long long n, curandStatePhilox4_32_10_t* state) {
  __cw::curand::philox_add_high(n, &state->ctr);
  state->output = __cw::curand::philox_block(state->ctr, state->key);
}

CW_CURAND void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                           curandStatePhilox4_32_10_t* state) {
  state->ctr = make_uint4(0, 0, 0, 0);
  state->key = make_uint2(__cw::curand::low_word(seed), __cw::curand::high_word(seed));
  state->STATE = 0;
  __cw::curand::philox_add_high(subsequence, &state->ctr);
  skipahead(offset, state);
  __cw::curand::forget_normals(state);
}

#endif
