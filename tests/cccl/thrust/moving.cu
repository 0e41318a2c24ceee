// Copies, selections and rearrangements, and the iterators that feed them.
#include <thrust/copy.h>
#include <thrust/device_vector.h>
#include <thrust/fill.h>
#include <thrust/for_each.h>
#include <thrust/gather.h>
#include <thrust/generate.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/iterator/discard_iterator.h>
#include <thrust/iterator/permutation_iterator.h>
#include <thrust/iterator/reverse_iterator.h>
#include <thrust/iterator/transform_iterator.h>
#include <thrust/iterator/transform_output_iterator.h>
#include <thrust/iterator/zip_iterator.h>
#include <thrust/partition.h>
#include <thrust/remove.h>
#include <thrust/replace.h>
#include <thrust/reverse.h>
#include <thrust/scatter.h>
#include <thrust/sequence.h>
#include <thrust/swap.h>
#include <thrust/tabulate.h>
#include <thrust/transform.h>
#include <thrust/unique.h>
#include <thrust/zip_function.h>

#include <algorithm>
#include <cuda/functional>
#include <cuda/iterator>
#include <cuda/std/functional>
#include <numeric>

#include "check.h"

using Vector = std::vector<Value>;
using OnDevice = thrust::device_vector<Value>;

struct Odd {
  __host__ __device__ bool operator()(Value x) const { return (long long)x & 1; }
};
struct Triple {
  __host__ __device__ Value operator()(Value x) const { return x * 3; }
};
struct Seven {
  __host__ __device__ Value operator()() const { return 7; }
};
struct AddTo {
  Value* sums;
  __host__ __device__ void operator()(Value x) const { sums[(int)x] = x + 1; }
};

bool selects(size_t n) {
  Vector h = numbers(n), expected(n);
  OnDevice d = h, out(n);
  expected.resize(std::copy_if(h.begin(), h.end(), expected.begin(), Odd()) - expected.begin());
  out.resize(thrust::copy_if(d.begin(), d.end(), out.begin(), Odd()) - out.begin());
  if (host(out) != expected) return false;
  h.resize(std::remove_if(h.begin(), h.end(), Odd()) - h.begin());
  d.resize(thrust::remove_if(d.begin(), d.end(), Odd()) - d.begin());
  return host(d) == h;
}

bool unique_values(size_t n) {
  Vector h = numbers(n, 1, 3);
  OnDevice d = h;
  std::vector<int> first;
  for (size_t i = 0; i < n; i++)
    if (!i || h[i] != h[i - 1]) first.push_back(i);
  OnDevice keys = h;
  thrust::device_vector<int> values(n);
  thrust::sequence(values.begin(), values.end());
  auto end = thrust::unique_by_key(keys.begin(), keys.end(), values.begin());
  values.erase(end.second, values.end());
  h.resize(std::unique(h.begin(), h.end()) - h.begin());
  d.resize(thrust::unique(d.begin(), d.end()) - d.begin());
  return host(d) == h && host(values) == first && end.first - keys.begin() == std::ptrdiff_t(h.size());
}

bool partitions(size_t n) {
  Vector h = numbers(n), yes, no;
  for (Value x : h) (Odd()(x) ? yes : no).push_back(x);
  OnDevice d = h, odd(n), even(n);
  auto ends = thrust::partition_copy(d.begin(), d.end(), odd.begin(), even.begin(), Odd());
  odd.erase(ends.first, odd.end()), even.erase(ends.second, even.end());
  auto middle = thrust::stable_partition(d.begin(), d.end(), Odd());
  OnDevice front(d.begin(), middle), back(middle, d.end());
  return host(odd) == yes && host(even) == no && host(front) == yes && host(back) == no &&
         thrust::is_partitioned(d.begin(), d.end(), Odd());
}

bool makes(size_t n) {
  OnDevice d(n, Value(3));
  Vector h(n, Value(3));
  if (host(d) != h) return false;
  thrust::sequence(d.begin(), d.end(), Value(1), Value(2));
  for (size_t i = 0; i < n; i++) h[i] = Value(1) + Value(2) * Value(i);
  if (host(d) != h) return false;
  thrust::generate(d.begin(), d.end(), Seven());
  thrust::fill(d.begin() + n / 2, d.end(), Value(8));
  for (size_t i = 0; i < n; i++) h[i] = i < n / 2 ? 7 : 8;
  if (host(d) != h) return false;
  thrust::tabulate(d.begin(), d.end(), Triple());
  for (size_t i = 0; i < n; i++) h[i] = Value(i) * 3;
  return host(d) == h;
}

bool transforms(size_t n) {
  Vector a = numbers(n), b = numbers(n, 2), expected(n);
  OnDevice x = a, y = b, out(n);
  thrust::transform(x.begin(), x.end(), y.begin(), out.begin(), cuda::std::plus<Value>());
  std::transform(a.begin(), a.end(), b.begin(), expected.begin(), std::plus<Value>());
  if (host(out) != expected) return false;
  thrust::transform_if(x.begin(), x.end(), y.begin(), out.begin(), Triple(), Odd());
  for (size_t i = 0; i < n; i++)
    if (Odd()(b[i])) expected[i] = a[i] * 3;
  if (host(out) != expected) return false;
  thrust::replace_if(x.begin(), x.end(), Odd(), Value(9));
  std::replace_if(a.begin(), a.end(), Odd(), Value(9));
  thrust::reverse(y.begin(), y.end());
  std::reverse(b.begin(), b.end());
  thrust::swap_ranges(x.begin(), x.end(), y.begin());
  thrust::for_each(y.begin(), y.end(), AddTo{thrust::raw_pointer_cast((out.resize(64), out.data()))});
  return host(x) == b && host(y) == a && (!n || out[(int)a[0]] == a[0] + 1);
}

bool gathers(size_t n) {
  Vector h = numbers(n), expected(n);
  std::vector<int> order(n);
  for (size_t i = 0; i < n; i++) order[i] = i * 7 % n;
  OnDevice d = h, out(n), back(n, Value(-1));
  thrust::device_vector<int> map = order;
  thrust::gather(map.begin(), map.end(), d.begin(), out.begin());
  for (size_t i = 0; i < n; i++) expected[i] = h[order[i]];
  thrust::scatter(out.begin(), out.end(), map.begin(), back.begin());
  if (n % 7 == 0) return host(out) == expected;
  return host(out) == expected && host(back) == h;
}

bool iterates(size_t n) {
  Vector h = numbers(n), expected(n);
  OnDevice d = h, out(n);
  thrust::counting_iterator<int> first(0);
  auto reversed = thrust::make_permutation_iterator(
      d.begin(), thrust::make_transform_iterator(first, [n] __host__ __device__(int i) { return (int)n - 1 - i; }));
  auto zipped = thrust::make_zip_iterator(reversed, cuda::make_constant_iterator(Value(2)));
  thrust::transform(zipped, zipped + n, thrust::make_transform_output_iterator(out.begin(), Triple()),
                    thrust::make_zip_function(cuda::std::plus<Value>()));
  for (size_t i = 0; i < n; i++) expected[i] = (h[n - 1 - i] + 2) * 3;
  if (host(out) != expected) return false;
  auto end = thrust::copy_if(first, first + n, d.begin(), thrust::make_discard_iterator(), Odd());
  thrust::copy(thrust::make_reverse_iterator(d.end()), thrust::make_reverse_iterator(d.begin()), out.begin());
  std::reverse(h.begin(), h.end());
  return host(out) == h && end - thrust::make_discard_iterator() == std::count_if(h.begin(), h.end(), Odd());
}

int main() {
  over_sizes("copy_if and remove_if", selects);
  over_sizes("unique", unique_values);
  over_sizes("partition", partitions);
  over_sizes("fill, sequence, generate, tabulate", makes);
  over_sizes("transform", transforms);
  over_sizes("gather and scatter", gathers);
  over_sizes("iterators", iterates);
  return wrong;
}
