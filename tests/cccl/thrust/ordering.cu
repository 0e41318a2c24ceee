// Sorting, merging, sets and searches.
#include <thrust/binary_search.h>
#include <thrust/device_vector.h>
#include <thrust/merge.h>
#include <thrust/set_operations.h>
#include <thrust/sort.h>

#include <algorithm>
#include <cuda/functional>
#include <cuda/std/functional>
#include <functional>
#include <numeric>

#include "check.h"

struct ByTens {
  __host__ __device__ bool operator()(Value a, Value b) const { return (long long)a / 10 < (long long)b / 10; }
};

using Vector = std::vector<Value>;
using OnDevice = thrust::device_vector<Value>;

bool sorts(size_t n) {
  Vector h = numbers(n, 1, 1 << 30);
  OnDevice d = h, down = h;
  std::sort(h.begin(), h.end());
  thrust::sort(d.begin(), d.end());
  thrust::sort(down.begin(), down.end(), cuda::std::greater<Value>());
  std::reverse(h.begin(), h.end());
  return host(down) == h && std::equal(h.rbegin(), h.rend(), host(d).begin()) && thrust::is_sorted(d.begin(), d.end());
}

bool sorts_stably(size_t n) {
  Vector h = numbers(n, 1, 50);
  OnDevice d = h;
  std::stable_sort(h.begin(), h.end(), ByTens());
  thrust::stable_sort(d.begin(), d.end(), ByTens());
  return host(d) == h;
}

template <class Less>
bool sorts_pairs(size_t n, Less less) {
  Vector keys = numbers(n, 1, 50);
  std::vector<int> order(n);
  std::iota(order.begin(), order.end(), 0);
  OnDevice d = keys;
  thrust::device_vector<int> values = order;
  thrust::stable_sort_by_key(d.begin(), d.end(), values.begin(), less);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return less(keys[a], keys[b]); });
  Vector sorted;
  for (int i : order) sorted.push_back(keys[i]);
  return host(values) == order && host(d) == sorted;
}

bool merges(size_t n) {
  Vector a = numbers(n, 1, 1000), b = numbers(n / 2 + 3, 2, 1000), expected(a.size() + b.size());
  std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), expected.begin());
  OnDevice x = a, y = b, merged(expected.size());
  auto end = thrust::merge(x.begin(), x.end(), y.begin(), y.end(), merged.begin());
  return end == merged.end() && host(merged) == expected;
}

template <class Standard, class Thrust>
bool agrees(size_t n, Standard standard, Thrust thrust) {
  Vector a = numbers(n, 1), b = numbers(n / 2 + 3, 2);
  std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
  Vector expected(a.size() + b.size());
  OnDevice x = a, y = b, made(expected.size());
  expected.resize(standard(a.begin(), a.end(), b.begin(), b.end(), expected.begin()) - expected.begin());
  made.resize(thrust(x.begin(), x.end(), y.begin(), y.end(), made.begin()) - made.begin());
  return host(made) == expected;
}
#define SET(name)                                                                                              \
  over_sizes(#name, [](size_t n) {                                                                             \
    return agrees(n, [](auto... a) { return std::name(a...); }, [](auto... a) { return thrust::name(a...); }); \
  })

bool searches(size_t n) {
  Vector data = numbers(n), wanted = numbers(n + 5, 3, 60);
  std::sort(data.begin(), data.end());
  OnDevice d = data, keys = wanted;
  thrust::device_vector<int> low(keys.size()), high(keys.size()), found(keys.size());
  thrust::lower_bound(d.begin(), d.end(), keys.begin(), keys.end(), low.begin());
  thrust::upper_bound(d.begin(), d.end(), keys.begin(), keys.end(), high.begin());
  thrust::binary_search(d.begin(), d.end(), keys.begin(), keys.end(), found.begin());
  std::vector<int> l = host(low), h = host(high), f = host(found);
  for (size_t i = 0; i < wanted.size(); i++) {
    auto range = std::equal_range(data.begin(), data.end(), wanted[i]);
    if (l[i] != range.first - data.begin() || h[i] != range.second - data.begin() || f[i] != (l[i] != h[i])) return false;
  }
  return thrust::lower_bound(d.begin(), d.end(), Value(7)) - d.begin() ==
         std::lower_bound(data.begin(), data.end(), Value(7)) - data.begin();
}

int main() {
  over_sizes("sort", sorts);
  over_sizes("stable_sort", sorts_stably);
  over_sizes("sort_by_key", [](size_t n) { return sorts_pairs(n, cuda::std::less<Value>()); });
  over_sizes("sort_by_key with a comparison", [](size_t n) { return sorts_pairs(n, ByTens()); });
  over_sizes("merge", merges);
  SET(set_union);
  SET(set_intersection);
  SET(set_difference);
  SET(set_symmetric_difference);
  over_sizes("searches", searches);
  return wrong;
}
