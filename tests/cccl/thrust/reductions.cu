// Reductions, scans, searches for a value and comparisons of ranges.
#include <thrust/adjacent_difference.h>
#include <thrust/count.h>
#include <thrust/device_vector.h>
#include <thrust/equal.h>
#include <thrust/extrema.h>
#include <thrust/find.h>
#include <thrust/inner_product.h>
#include <thrust/logical.h>
#include <thrust/mismatch.h>
#include <thrust/reduce.h>
#include <thrust/scan.h>
#include <thrust/transform_reduce.h>
#include <thrust/transform_scan.h>

#include <algorithm>
#include <cuda/functional>
#include <cuda/std/functional>
#include <functional>
#include <numeric>

#include "check.h"

using Vector = std::vector<Value>;
using OnDevice = thrust::device_vector<Value>;

struct Square {
  __host__ __device__ Value operator()(Value x) const { return x * x; }
};
struct Is {
  Value wanted;
  __host__ __device__ bool operator()(Value x) const { return x == wanted; }
};

bool reduces(size_t n) {
  Vector h = numbers(n);
  OnDevice d = h;
  return thrust::reduce(d.begin(), d.end()) == std::accumulate(h.begin(), h.end(), Value(0)) &&
         thrust::reduce(d.begin(), d.end(), Value(60), cuda::minimum<Value>()) ==
             (n ? *std::min_element(h.begin(), h.end()) : Value(60)) &&
         thrust::transform_reduce(d.begin(), d.end(), Square(), Value(3), cuda::std::plus<Value>()) ==
             std::inner_product(h.begin(), h.end(), h.begin(), Value(3)) &&
         thrust::inner_product(d.begin(), d.end(), d.begin(), Value(1)) ==
             std::inner_product(h.begin(), h.end(), h.begin(), Value(1));
}

/// Runs of equal keys: their lengths, sums and partial sums.
bool reduces_by_key(size_t n) {
  Vector keys = numbers(n, 1, 3), values = numbers(n, 2), run_keys, sums, scanned(n), before(n);
  for (size_t i = 0; i < n; i++) {
    bool starts = !i || keys[i] != keys[i - 1];
    if (starts) run_keys.push_back(keys[i]), sums.push_back(0);
    before[i] = starts ? Value(4) : Value(before[i - 1] + values[i - 1]);
    scanned[i] = sums.back() = sums.back() + values[i];
  }
  OnDevice k = keys, v = values, out_keys(n), out(n);
  auto end = thrust::reduce_by_key(k.begin(), k.end(), v.begin(), out_keys.begin(), out.begin());
  out_keys.erase(end.first, out_keys.end()), out.erase(end.second, out.end());
  if (host(out_keys) != run_keys || host(out) != sums) return false;
  thrust::inclusive_scan_by_key(k.begin(), k.end(), v.begin(), v.begin());
  OnDevice shifted = values;
  thrust::exclusive_scan_by_key(k.begin(), k.end(), shifted.begin(), shifted.begin(), Value(4));
  return host(v) == scanned && host(shifted) == before;
}

bool scans(size_t n) {
  Vector h = numbers(n), expected(n);
  OnDevice d = h, out(n);
  std::partial_sum(h.begin(), h.end(), expected.begin());
  thrust::inclusive_scan(d.begin(), d.end(), out.begin());
  if (host(out) != expected) return false;
  std::exclusive_scan(h.begin(), h.end(), expected.begin(), Value(5));
  thrust::exclusive_scan(d.begin(), d.end(), out.begin(), Value(5));
  if (host(out) != expected) return false;
  std::partial_sum(h.begin(), h.end(), expected.begin(), [](Value a, Value b) { return std::max(a, b); });
  thrust::inclusive_scan(d.begin(), d.end(), out.begin(), cuda::maximum<Value>());
  if (host(out) != expected) return false;
  std::transform_inclusive_scan(h.begin(), h.end(), expected.begin(), std::plus<Value>(), Square());
  thrust::transform_inclusive_scan(d.begin(), d.end(), d.begin(), Square(), cuda::std::plus<Value>());
  return host(d) == expected;
}

bool finds_extremes(size_t n) {
  Vector h = numbers(n, 7, 1 << 20);
  OnDevice d = h;
  auto ends = thrust::minmax_element(d.begin(), d.end());
  auto low = thrust::min_element(d.begin(), d.end()), high = thrust::max_element(d.begin(), d.end());
  return low - d.begin() == std::min_element(h.begin(), h.end()) - h.begin() && ends.first == low &&
         high - d.begin() == std::max_element(h.begin(), h.end()) - h.begin() && (!n || *ends.second == *high);
}

bool finds(size_t n) {
  Vector h = numbers(n);
  OnDevice d = h;
  Is is{n ? h[n / 2] : Value(1)}, never{100};
  return thrust::find(d.begin(), d.end(), is.wanted) - d.begin() == std::find(h.begin(), h.end(), is.wanted) - h.begin() &&
         thrust::find_if(d.begin(), d.end(), never) == d.end() &&
         thrust::count(d.begin(), d.end(), is.wanted) == std::count(h.begin(), h.end(), is.wanted) &&
         thrust::any_of(d.begin(), d.end(), is) == (n > 0) && thrust::none_of(d.begin(), d.end(), never) &&
         thrust::all_of(d.begin(), d.end(), is) == std::all_of(h.begin(), h.end(), is);
}

bool compares(size_t n) {
  Vector h = numbers(n);
  OnDevice a = h, b = h;
  if (!thrust::equal(a.begin(), a.end(), b.begin())) return false;
  if (n) b[n * 2 / 3] = Value(99);
  auto at = thrust::mismatch(a.begin(), a.end(), b.begin());
  return (!n || !thrust::equal(a.begin(), a.end(), b.begin())) && at.first - a.begin() == std::ptrdiff_t(n * 2 / 3);
}

bool differences(size_t n) {
  Vector h = numbers(n), expected(n);
  OnDevice d = h, out(n);
  std::adjacent_difference(h.begin(), h.end(), expected.begin());
  thrust::adjacent_difference(d.begin(), d.end(), out.begin());
  return host(out) == expected;
}

int main() {
  over_sizes("reduce", reduces);
  over_sizes("by key", reduces_by_key);
  over_sizes("scan", scans);
  over_sizes("extremes", finds_extremes);
  over_sizes("find and count", finds);
  over_sizes("equal and mismatch", compares);
  over_sizes("adjacent_difference", differences);
  return wrong;
}
