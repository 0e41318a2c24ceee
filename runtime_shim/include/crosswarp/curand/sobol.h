// Sobol sequences of 32 and 64 bits, plain and scrambled: Joe and Kuo, ACM Transactions on Mathematical Software 29 (2003).
//
// Number i is the exclusive or of the direction vectors at the bits of i's Gray code, and of the scrambling constant.
#ifndef CROSSWARP_CURAND_SOBOL_H
#define CROSSWARP_CURAND_SOBOL_H

#include "common.h"
#include "types.h"

// `Word` is the type of a number, `bits` its width.
#define CW_CURAND_SOBOL_STATE(name, Word, bits)                    \
  struct curandState##name {                                       \
    Word i, x, c;                                                  \
    Word direction_vectors[bits];                                  \
  };                                                               \
  typedef struct curandState##name curandState##name##_t;          \
  /* The next number. */                                           \
  CW_CURAND Word curand(curandState##name##_t* state) {            \
    const Word number = state->x;                                  \
    state->x ^= __cw::curand::sobol_vector(state);                 \
    ++state->i;                                                    \
    return number;                                                 \
  }                                                                \
  CW_CURAND void skipahead(Word n, curandState##name##_t* state) { \
    state->i += n;                                                 \
    state->x = __cw::curand::sobol_number(state);                  \
  }

namespace __cw {
namespace curand {
// The direction vector at the lowest zero bit of i; the last one when there is none.
template <class State>
CW_CURAND auto sobol_vector(const State* state) -> decltype(state->i + 0) {
  const int last = (int)(sizeof(state->i) * 8) - 1;
  const auto zeros = ~(state->i + 0);
  return state->direction_vectors[zeros ? __builtin_ctzll(zeros) : last];
}
template <class State>
CW_CURAND auto sobol_number(const State* state) -> decltype(state->i + 0) {
  auto gray = state->i ^ (state->i >> 1), number = state->c;
  for (int bit = 0; gray; ++bit, gray >>= 1) number ^= gray & 1 ? state->direction_vectors[bit] : 0;
  return number;
}
template <class State, class Word>
CW_CURAND void sobol_init(const Word* vectors, Word scramble, Word offset, State* state) {
  for (int bit = 0; bit < (int)(sizeof(Word) * 8); ++bit) state->direction_vectors[bit] = vectors[bit];
  state->c = scramble;
  state->i = 0;
  skipahead(offset, state);
}
}  // namespace curand
}  // namespace __cw

CW_CURAND_SOBOL_STATE(Sobol32, unsigned int, 32)
CW_CURAND_SOBOL_STATE(ScrambledSobol32, unsigned int, 32)
CW_CURAND_SOBOL_STATE(Sobol64, unsigned long long, 64)
CW_CURAND_SOBOL_STATE(ScrambledSobol64, unsigned long long, 64)
#undef CW_CURAND_SOBOL_STATE

CW_CURAND void curand_init(curandDirectionVectors32_t direction_vectors, unsigned int offset, curandStateSobol32_t* state) {
  __cw::curand::sobol_init(direction_vectors, 0u, offset, state);
}
CW_CURAND void curand_init(curandDirectionVectors32_t direction_vectors, unsigned int scramble_c, unsigned int offset,
                           curandStateScrambledSobol32_t* state) {
  __cw::curand::sobol_init(direction_vectors, scramble_c, offset, state);
}
CW_CURAND void curand_init(curandDirectionVectors64_t direction_vectors, unsigned long long offset, curandStateSobol64_t* state) {
  __cw::curand::sobol_init(direction_vectors, 0ull, offset, state);
}
CW_CURAND void curand_init(curandDirectionVectors64_t direction_vectors, unsigned long long scramble_c, unsigned long long offset,
                           curandStateScrambledSobol64_t* state) {
  __cw::curand::sobol_init(direction_vectors, scramble_c, offset, state);
}

#endif
