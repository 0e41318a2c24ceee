// libcu++'s algorithms, iterators and function objects in one thread.
#include <cuda/functional>
#include <cuda/iterator>
#include <cuda/std/algorithm>
#include <cuda/std/array>
#include <cuda/std/functional>
#include <cuda/std/iterator>
#include <cuda/std/ranges>
#include <cuda/std/type_traits>

#include "same.h"

namespace std_ = cuda::std;
using Ten = std_::array<int, 10>;

__host__ __device__ void add_all(Record& r, const Ten& values) {
  for (int x : values) r.add(x);
}
__host__ __device__ bool odd(int x) { return x & 1; }

__host__ __device__ void searches(Record& r) {
  Ten a{3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
  int part[] = {1, 5};
  CHECK(r, std_::find(a.begin(), a.end(), 9) - a.begin() == 5 && std_::count_if(a.begin(), a.end(), odd) == 7);
  CHECK(r, std_::search(a.begin(), a.end(), part, part + 2) - a.begin() == 3 && std_::adjacent_find(a.begin(), a.end()) == a.end());
  CHECK(r, *std_::max_element(a.begin(), a.end()) == 9 && std_::minmax({4, 2, 8}).second == 8 && std_::clamp(11, 0, 10) == 10);
  CHECK(r, std_::any_of(a.begin(), a.end(), odd) && !std_::all_of(a.begin(), a.end(), odd) &&
               std_::lexicographical_compare(part, part + 2, a.begin(), a.end()));
  CHECK(r, std_::is_permutation(a.begin(), a.begin() + 2, a.begin() + 1) == false &&
               std_::find_end(a.begin(), a.end(), part, part + 2) - a.begin() == 3);
  CHECK(r, std_::mismatch(a.begin(), a.end(), a.begin()).first == a.end() && std_::equal(part, part + 2, a.begin() + 3));
}

__host__ __device__ void changes(Record& r) {
  Ten a{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, b{};
  std_::rotate(a.begin(), a.begin() + 3, a.end()), add_all(r, a);
  std_::reverse_copy(a.begin(), a.end(), b.begin()), add_all(r, b);
  std_::replace_if(b.begin(), b.end(), odd, 0), add_all(r, b);
  auto end = std_::remove(b.begin(), b.end(), 0);
  r.add(end - b.begin());
  end = std_::unique(a.begin(), a.end());
  r.add(end - a.begin()), add_all(r, a);
  auto middle = std_::partition(a.begin(), a.end(), odd);
  CHECK(r, std_::is_partitioned(a.begin(), a.end(), odd) && std_::all_of(a.begin(), middle, odd));
  std_::transform(a.begin(), a.end(), b.begin(), b.begin(), std_::plus<>()), add_all(r, b);
  std_::generate(a.begin(), a.end(), [i = 0]() mutable { return i++ * i; }), add_all(r, a);
  std_::swap_ranges(a.begin(), a.begin() + 3, b.begin()), add_all(r, a);
}

__host__ __device__ void orders(Record& r) {
  Ten a{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, b{};
  std_::make_heap(a.begin(), a.end());
  CHECK(r, std_::is_heap(a.begin(), a.end()) && a[0] == 9);
  std_::sort_heap(a.begin(), a.end()), add_all(r, a);
  auto range = std_::equal_range(a.begin(), a.end(), 5);
  CHECK(r, range.first - a.begin() == 6 && range.second - a.begin() == 8 && std_::binary_search(a.begin(), a.end(), 4));
  int odds[] = {1, 3, 5, 7, 9};
  auto end = std_::set_intersection(a.begin(), a.end(), odds, odds + 5, b.begin());
  CHECK(r, end - b.begin() == 4 && b[3] == 9 && std_::includes(a.begin(), a.end(), odds, odds + 3));
  std_::merge(odds, odds + 5, odds, odds + 5, b.begin()), add_all(r, b);
  int permutation[] = {1, 2, 3}, count = 1;
  while (std_::next_permutation(permutation, permutation + 3)) count++;
  CHECK(r, count == 6);
  std_::partial_sort(b.begin(), b.begin() + 4, b.end(), std_::greater<>());
  for (int i = 0; i < 4; i++) r.add(b[i]);
}

__host__ __device__ void iterators(Record& r) {
  Ten a{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, b{};
  std_::copy(std_::make_reverse_iterator(a.end()), std_::make_reverse_iterator(a.begin()), b.begin()), add_all(r, b);
  auto squares = cuda::make_transform_iterator(cuda::make_counting_iterator(0), [] __host__ __device__(int i) { return i * i; });
  std_::copy_n(squares, 10, b.begin()), add_all(r, b);
  int picks[] = {5, 7};
  auto picked = cuda::make_permutation_iterator(a.begin(), picks);
  CHECK(r, picked[0] == 9 && picked[1] == 6 && *cuda::make_constant_iterator(4) == 4 &&
               std_::distance(a.begin(), std_::next(a.begin(), 4)) == 4);
  auto both = cuda::make_zip_iterator(a.begin(), b.begin());
  r.add(std_::get<1>(both[3]));
  CHECK(r, std_::ranges::distance(a) == 10 && *std_::ranges::begin(a) == 3);
  auto bound = std_::bind_front([](int x, int y) { return x - y; }, 10);
  CHECK(r, bound(3) == 7 && std_::invoke(std_::minus<>(), 5, 2) == 3 && std_::not_fn(odd)(2) && cuda::maximum<>{}(2, 7) == 7);
  std_::reference_wrapper<int> same(a[0]);
  same.get() = 8;
  CHECK(r,
        a[0] == 8 && std_::is_same_v<std_::common_type_t<int, double>, double> && std_::is_invocable_r_v<bool, decltype(odd), int>);
}

int main() { return same<searches>("searches") + same<changes>("changes") + same<orders>("orders") + same<iterators>("iterators"); }
