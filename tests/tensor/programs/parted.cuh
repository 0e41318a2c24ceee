// What random kernels are made of whose warps go ways of their own around products.
#pragma once

#include "files.cuh"
#include "ways.cuh"

constexpr int SUMS = 3;

template <class Way>
struct Job {
  const typename Way::T *a, *b;
  const typename Way::S* c;  // SUMS for each warp
  typename Way::S* d;
  int* seen;          // of each warp: the elements that lanes looked at, added
  const int* counts;  // of each warp
  int n, flag, warps;
  int many = 11;  // turns of long loops
};

template <class Way>
__device__ void finish(const Job<Way>& j, int w, typename Way::Sums (&s)[SUMS], typename Way::S seen) {
  for (int i = 0; i < SUMS; ++i) {
    auto* to = j.d + (w * SUMS + i) * Way::AREA;
    if (i == 1)
      Way::store_columns(to, s[i]);
    else
      Way::store(to, s[i]);
  }
  atomicAdd(j.seen + w, (int)seen);
}

template <class Way>
__device__ __noinline__ void step(typename Way::Sums& sums, const typename Way::T* a, const typename Way::T* b) {
  Way::add(sums, a, b);
}

template <class Way>
__device__ void mix(typename Way::Sums& sums, typename Way::Sums& other, int sign) {
  for (int i = 0; i < Way::COUNT; ++i) Way::element(sums, i) += typename Way::S(sign) * Way::element(other, i);
}

// Through memory of another type.
template <class Way>
__device__ void negate(typename Way::Sums& sums) {
  auto* elements = reinterpret_cast<typename Way::S*>(&sums);
  for (int i = 0; i < Way::COUNT; ++i) elements[i] = -elements[i];
}

template <class Way>
__device__ void exchange(typename Way::Sums& one, typename Way::Sums& other) {
  struct Both {
    typename Way::Sums first, second;
  } both = {other, one};
  one = both.first;
  other = both.second;
}

// Lanes look at their elements one class after the other.
template <class Way>
__device__ typename Way::S looked_at(typename Way::Sums& sums) {
  typename Way::S seen = 0;
  const int lane = threadIdx.x % 32;
  if (lane % 3 == 1)
    for (int i = 0; i < Way::COUNT; ++i) seen += Way::element(sums, i);
  else if (lane > 6)
    for (int i = Way::COUNT - 1; i >= 0; --i) seen += Way::element(sums, i);
  else
    for (int i = 0; i < Way::COUNT; ++i) seen += Way::element(sums, (i + lane) % Way::COUNT);
  return seen;
}

template <class Way>
void run(Files& files, void (*kernel)(Job<Way>), Job<Way> job, int threads) {
  job.d = empty<typename Way::S>(job.warps * SUMS * Way::AREA);
  job.seen = empty<int>(job.warps);
  for (int w = 0; w < job.warps; ++w) job.seen[w] = 0;
  const int warps = threads / 32;
  kernel<<<(job.warps + warps - 1) / warps, threads>>>(job);
  put(files, job.d, job.warps * SUMS * Way::AREA);
  put(files, job.seen, job.warps);
}

template <class Way>
Job<Way> job_of(Files& files) {
  Job<Way> job = {};
  job.n = number<int>(files), job.flag = number<int>(files), job.warps = number<int>(files);
  job.a = given<typename Way::T>(files), job.b = given<typename Way::T>(files), job.c = given<typename Way::S>(files);
  job.counts = given<int>(files);
  return job;
}
