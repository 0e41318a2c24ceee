// curand_kernel.h against captured sequences of cuRAND and Random123's known answers, in kernels and on the host.
#include <curand_kernel.h>

#include <cmath>

#include "check.h"
#include "random_values.h"

// Normal numbers go through log, sin and cos, which no two libraries round alike.
__host__ __device__ bool close(double got, double wanted, double tolerance) {
  return fabs(got - wanted) <= tolerance * fmax(1.0, fabs(wanted));
}

template <class State>
__host__ __device__ bool is_first(const First& row) {
  State start;
  curand_init(row.seed, row.subsequence, 0, &start);
  State raw = start, uniform = start, wide = start, normal = start, wide_normal = start;
  return curand(&raw) == row.raw && __cw::bits_as<unsigned>(curand_uniform(&uniform)) == row.uniform &&
         __cw::bits_as<unsigned long long>(curand_uniform_double(&wide)) == row.uniform_double &&
         close(curand_normal(&normal), row.normal, 2e-6) && close(curand_normal_double(&wide_normal), row.normal_double, 1e-14);
}

// At once, and by steps of skipahead.
template <class State>
__host__ __device__ bool is_at_offset(const AtOffset& row) {
  State direct, steps;
  curand_init(row.seed, row.subsequence, row.offset, &direct);
  curand_init(row.seed, row.subsequence, 0, &steps);
  skipahead(row.offset / 3, &steps);
  skipahead(row.offset - row.offset / 3, &steps);
  return curand(&direct) == row.raw && curand(&steps) == row.raw;
}

// Joe and Kuo's first two dimensions have these formulas.
template <class Word>
__host__ __device__ void direction_vectors(int dimension, Word* vectors) {
  const int bits = sizeof(Word) * 8;
  vectors[0] = (Word)1 << (bits - 1);
  for (int i = 1; i < bits; ++i) vectors[i] = dimension ? vectors[i - 1] ^ (vectors[i - 1] >> 1) : vectors[i - 1] >> 1;
}

template <class State, class Scrambled, class Word>
__host__ __device__ bool is_quasi(const Quasi& row) {
  Word vectors[sizeof(Word) * 8];
  direction_vectors(row.dimension, vectors);
  State start;
  curand_init(vectors, (Word)row.offset, &start);
  Scrambled scrambled;
  curand_init(vectors, (Word)0x5bd1e995, (Word)row.offset, &scrambled);
  State raw = start, uniform = start, normal = start, fourth = start;
  skipahead((Word)3, &fourth);
  bool right = curand(&raw) == row.raw && curand(&fourth) == row.fourth && curand(&scrambled) == (row.raw ^ 0x5bd1e995);
  curand(&raw), curand(&raw);
  return right && curand(&raw) == row.fourth && curand_uniform_double(&uniform) == row.uniform_double &&
         close(curand_normal_double(&normal), row.normal_double, 1e-14);
}

// Random123's known answers: counter, key, block. The counter's words are the offset's and the subsequence's.
__host__ __device__ bool philox_known_answers() {
  curandStatePhilox4_32_10_t state;
  curand_init(0x299f31d0a4093822ull, 0x0370734413198a2eull, 0, &state);
  state.ctr = make_uint4(0x243f6a87, 0x85a308d3, 0x13198a2e, 0x03707344);
  skipahead(4, &state);
  const uint4 block = curand4(&state);
  curand_init(~0ull, ~0ull, ~0ull, &state);
  state.ctr = make_uint4(~1u, ~0u, ~0u, ~0u);
  skipahead(1, &state);
  return block.x == 0xd16cfe09 && block.y == 0x94fdcceb && block.z == 0x5001e420 && block.w == 0x24126ea1 &&
         curand(&state) == 0x408f276d && curand(&state) == 0x41c83b0e && curand(&state) == 0xa20bc7c6 &&
         curand(&state) == 0x6d5451fd;
}

// curand4 from every position in a block gives what four single numbers are.
__host__ __device__ bool blocks_and_numbers_agree() {
  bool right = true;
  for (int start = 0; start < 4; ++start) {
    curandStatePhilox4_32_10_t together, single;
    curand_init(5, 6, start, &together);
    curand_init(5, 6, start, &single);
    for (int i = 0; i < 3; ++i) {
      const uint4 block = curand4(&together);
      right &= block.x == curand(&single) && block.y == curand(&single) && block.z == curand(&single) && block.w == curand(&single);
    }
  }
  return right;
}

// MRG32k3a: 2^51 subsequences of 2^76 numbers are a sequence of 2^127.
__host__ __device__ bool sequences_of_subsequences() {
  curandStateMRG32k3a one, many;
  curand_init(3, 0, 0, &one);
  many = one;
  skipahead_sequence(5, &one);
  skipahead_subsequence(5ull << 51, &many);
  return curand(&one) == curand(&many);
}

// The number of the first row that does not hold, from 1 on; 0 if all do.
template <class Row, int count, class Test>
__host__ __device__ int first_wrong(const Row (&rows)[count], Test test) {
  for (int i = 0; i < count; ++i) {
    if (!test(rows[i])) return i + 1;
  }
  return 0;
}

#define EACH_TEST(apply)                                                                                                           \
  apply(first_wrong(xorwow_first, is_first<curandState>) == 0) apply(first_wrong(mrg32k3a_first, is_first<curandStateMRG32k3a>) == \
                                                                     0)                                                            \
      apply(first_wrong(philox_first, is_first<curandStatePhilox4_32_10_t>) == 0)                                                  \
          apply(first_wrong(xorwow_offsets, is_at_offset<curandState>) == 0)                                                       \
              apply(first_wrong(mrg32k3a_offsets, is_at_offset<curandStateMRG32k3a>) == 0)                                         \
                  apply(first_wrong(philox_offsets, is_at_offset<curandStatePhilox4_32_10_t>) == 0)                                \
                      apply(first_wrong(sobol32_values, is_quasi<curandStateSobol32, curandStateScrambledSobol32, unsigned>) == 0) \
                          apply(first_wrong(sobol64_values,                                                                        \
                                            is_quasi<curandStateSobol64, curandStateScrambledSobol64, unsigned long long>) == 0)   \
                              apply(philox_known_answers()) apply(blocks_and_numbers_agree()) apply(sequences_of_subsequences())

#define ON_DEVICE(...) CHECK(__VA_ARGS__);
#define ON_HOST(...) \
  if (!(__VA_ARGS__)) std::printf("host: %s\n", #__VA_ARGS__);

__global__ void numbers() { EACH_TEST(ON_DEVICE) }

int main() {
  numbers<<<1, 1>>>();
  EACH_TEST(ON_HOST)
  return finish();
}
