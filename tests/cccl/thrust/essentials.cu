// The algorithms that most programs use, of one type.
#include <thrust/copy.h>
#include <thrust/device_vector.h>
#include <thrust/reduce.h>
#include <thrust/scan.h>
#include <thrust/sort.h>
#include <thrust/unique.h>

#include <algorithm>
#include <numeric>

#include "check.h"

struct Odd {
  __host__ __device__ bool operator()(Value x) const { return static_cast<long long>(x) & 1; }
};

bool all(size_t n) {
  std::vector<Value> h = numbers(n), expected(n);
  thrust::device_vector<Value> d = h, out(n);
  if (thrust::reduce(d.begin(), d.end()) != std::accumulate(h.begin(), h.end(), Value(0))) return false;
  std::partial_sum(h.begin(), h.end(), expected.begin());
  thrust::inclusive_scan(d.begin(), d.end(), out.begin());
  if (host(out) != expected) return false;
  expected.resize(std::copy_if(h.begin(), h.end(), expected.begin(), Odd()) - expected.begin());
  out.resize(thrust::copy_if(d.begin(), d.end(), out.begin(), Odd()) - out.begin());
  if (host(out) != expected) return false;
  std::sort(h.begin(), h.end());
  thrust::sort(d.begin(), d.end());
  if (host(d) != h) return false;
  h.erase(std::unique(h.begin(), h.end()), h.end());
  d.erase(thrust::unique(d.begin(), d.end()), d.end());
  return host(d) == h;
}

int main() {
  over_sizes("sort, reduce, scan, unique, copy_if", all);
  return wrong;
}
