// The distributions of curand_kernel.h have their mean, variance and frequencies. Seeds are fixed: the result never varies.
#include <curand_kernel.h>

#include <cmath>
#include <vector>

#include "check.h"

constexpr int threads = 256, draws = 256, samples = threads * draws;

struct Normal {
  template <class State>
  __device__ double operator()(State* state) const {
    return curand_normal(state);
  }
};
struct NormalDouble {
  template <class State>
  __device__ double operator()(State* state) const {
    return curand_normal_double(state);
  }
};
// Logarithms of log-normal numbers.
struct LogNormal {
  template <class State>
  __device__ double operator()(State* state) const {
    return (log(curand_log_normal(state, 1.0f, 0.5f)) - 1.0) / 0.5;
  }
};
struct LogNormalDouble {
  template <class State>
  __device__ double operator()(State* state) const {
    return (log(curand_log_normal_double(state, 1.0, 0.5)) - 1.0) / 0.5;
  }
};
struct Poisson {
  double lambda;
  template <class State>
  __device__ double operator()(State* state) const {
    return curand_poisson(state, lambda);
  }
};

struct Discrete {
  curandDiscreteDistribution_t distribution;
  template <class State>
  __device__ double operator()(State* state) const {
    return curand_discrete(state, distribution);
  }
};

template <class State>
__device__ void start(State* state) {
  curand_init(2024, threadIdx.x, 0, state);
}
// Every thread has its own part of the sequence's first dimension, without the zero at its start.
__device__ void start(curandStateSobol32* state) {
  unsigned vectors[32];
  for (int i = 0; i < 32; ++i) vectors[i] = 0x80000000u >> i;
  curand_init(vectors, 1 + threadIdx.x * draws, state);
}
__device__ void start(curandStateScrambledSobol64* state) {
  unsigned long long vectors[64];
  for (int i = 0; i < 64; ++i) vectors[i] = 0x8000000000000000ull >> i;
  curand_init(vectors, 0x123456789abcdefull, 1 + threadIdx.x * draws, state);
}

template <class State, class Draw>
__global__ void draw(Draw next, double* out) {
  State state;
  start(&state);
  for (int i = 0; i < draws; ++i) out[threadIdx.x * draws + i] = next(&state);
}

template <class State, class Draw>
std::vector<double> drawn(Draw next) {
  double* out;
  cudaMallocManaged(&out, samples * sizeof(double));
  draw<State><<<1, threads>>>(next, out);
  cudaDeviceSynchronize();
  std::vector<double> values(out, out + samples);
  cudaFree(out);
  return values;
}

// Prints when a measure is more than five standard errors away.
void expect(const char* what, double got, double wanted, double standard_error) {
  if (!(std::fabs(got - wanted) <= 5 * standard_error)) std::printf("%s: %g, not %g\n", what, got, wanted);
}

// Mean and variance; `excess` is the kurtosis beyond the normal distribution's.
void check_moments(const char* name, const std::vector<double>& values, double mean, double variance, double excess) {
  double sum = 0, squares = 0;
  for (double value : values) sum += value - mean, squares += (value - mean) * (value - mean);
  expect(name, mean + sum / samples, mean, std::sqrt(variance / samples));
  expect(name, squares / samples, variance, variance * std::sqrt((2 + excess) / samples));
}

// The share of numbers below x, at several x.
void check_normal(const char* name, const std::vector<double>& values) {
  check_moments(name, values, 0, 1, 0);
  for (double x : {-3.0, -2.0, -1.0, -0.25, 0.5, 1.5, 2.5}) {
    const double share = std::erfc(-x / std::sqrt(2.0)) / 2;
    int below = 0;
    for (double value : values) below += value < x;
    expect(name, double(below) / samples, share, std::sqrt(share * (1 - share) / samples));
  }
}

// The share of each number around the middle.
void check_poisson(const char* name, const std::vector<double>& values, double lambda) {
  check_moments(name, values, lambda, lambda, 1 / lambda);
  for (double z : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
    const double k = std::floor(lambda + z * std::sqrt(lambda));
    if (k < 0) continue;
    const double share = std::exp(k * std::log(lambda) - lambda - std::lgamma(k + 1));
    int count = 0;
    for (double value : values) count += value == k;
    expect(name, double(count) / samples, share, std::sqrt(share / samples));
  }
}

template <class State>
void check_generator(const char* name) {
  check_normal(name, drawn<State>(Normal{}));
  check_normal(name, drawn<State>(NormalDouble{}));
  check_normal(name, drawn<State>(LogNormal{}));
  check_normal(name, drawn<State>(LogNormalDouble{}));
  for (double lambda : {0.3, 5.0, 63.0, 64.0, 500.0, 3999.0, 100000.0}) {
    check_poisson(name, drawn<State>(Poisson{lambda}), lambda);
    curandDiscreteDistribution_t distribution;
    if (curandCreatePoissonDistribution(lambda, &distribution) != CURAND_STATUS_SUCCESS) std::printf("%s: not created\n", name);
    check_poisson(name, drawn<State>(Discrete{distribution}), lambda);
    if (curandDestroyDistribution(distribution) != CURAND_STATUS_SUCCESS) std::printf("%s: not destroyed\n", name);
  }
}

void check_refusals() {
  curandDiscreteDistribution_t distribution;
  for (double lambda : {0.0, -1.0, 400001.0, std::nan("")}) {
    if (curandCreatePoissonDistribution(lambda, &distribution) != CURAND_STATUS_OUT_OF_RANGE) std::printf("%g accepted\n", lambda);
  }
  if (curandCreatePoissonDistribution(5, nullptr) != CURAND_STATUS_OUT_OF_RANGE) std::printf("null accepted\n");
  if (curandDestroyDistribution(nullptr) != CURAND_STATUS_NOT_INITIALIZED) std::printf("null destroyed\n");
}

int main() {
  check_refusals();
  check_generator<curandState>("XORWOW");
  check_generator<curandStateMRG32k3a>("MRG32k3a");
  check_generator<curandStatePhilox4_32_10_t>("Philox");
  check_generator<curandStateSobol32>("Sobol32");
  check_generator<curandStateScrambledSobol64>("scrambled Sobol64");
  return finish();
}
