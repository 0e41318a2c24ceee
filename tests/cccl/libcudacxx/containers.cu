// libcu++'s containers and vocabulary types.
#include <cuda/std/array>
#include <cuda/std/bitset>
#include <cuda/std/expected>
#include <cuda/std/inplace_vector>
#include <cuda/std/mdspan>
#include <cuda/std/optional>
#include <cuda/std/span>
#include <cuda/std/string_view>
#include <cuda/std/tuple>
#include <cuda/std/utility>
#include <cuda/std/variant>

#include "same.h"

namespace std_ = cuda::std;

__host__ __device__ void arrays(Record& r) {
  std_::array<int, 5> a{5, 1, 4, 2, 3};
  for (int x : a) r.add(x);
  CHECK(r, a.front() == 5 && a.back() == 3 && a.size() == 5 && a == std_::array<int, 5>{5, 1, 4, 2, 3});
  a.fill(7);
  CHECK(r, std_::get<2>(a) == 7 && a < std_::array<int, 5>{8, 0, 0, 0, 0});
  std_::span<int> s(a);
  s[1] = 9;
  std_::span<int, 2> middle = s.subspan<1, 2>();
  CHECK(r, middle[0] == 9 && s.last(1)[0] == 7 && s.size_bytes() == 20 && s.first(2).back() == 9);
  for (auto i = s.rbegin(); i != s.rend(); ++i) r.add(*i);
}

__host__ __device__ void tuples(Record& r) {
  auto t = std_::make_tuple(1, 2.5, 'c');
  auto [i, d, c] = t;
  r.add(i), r.add(d), r.add(c);
  CHECK(r, std_::tuple_cat(t, std_::make_tuple(8u)) == std_::make_tuple(1, 2.5, 'c', 8u));
  CHECK(r, t < std_::make_tuple(1, 2.5, 'd'));
  CHECK(r, std_::apply([](auto... x) { return (0.0 + ... + x); }, t) == 1 + 2.5 + 'c');
  int x = 1, y = 2;
  std_::tie(x, y) = std_::make_pair(y, x);
  CHECK(r, x == 2 && y == 1);
  std_::pair<int, float> p{3, 1.5f};
  CHECK(r, std_::get<float>(p) == 1.5f && std_::exchange(p.first, 4) == 3 && p.first == 4);
  CHECK(r, std_::make_from_tuple<std_::pair<int, int>>(std_::make_tuple(6, 7)).second == 7);
}

__host__ __device__ void optionals(Record& r) {
  std_::optional<int> none, some = 4;
  CHECK(r, !none && some && *some == 4 && none.value_or(9) == 9 && none < some && some != std_::nullopt);
  CHECK(r,
        some.transform([](int x) { return x * 2.5; }).value() == 10 && !none.and_then([](int) { return std_::optional<int>(1); }));
  some.reset();
  some.emplace(6);
  std_::swap(none, some);
  r.add(none.value()), r.add(some.has_value());

  using Result = std_::expected<int, char>;
  Result good = 3, bad = std_::unexpected('x');
  CHECK(r, good && !bad && bad.error() == 'x' && bad.value_or(8) == 8 && good == 3);
  CHECK(r, good.and_then([](int x) { return Result(x + 1); }).value() == 4);
  CHECK(r, bad.transform_error([](char c) { return c + 1; }).error() == 'y');
}

struct Show {
  Record& r;
  __host__ __device__ void operator()(int x) const { r.add(x); }
  __host__ __device__ void operator()(double x) const { r.add(x); }
  __host__ __device__ void operator()(std_::array<short, 3> x) const { r.add(100 * x[0] + 10 * x[1] + x[2]); }
};

__host__ __device__ void variants(Record& r) {
  using Any = std_::variant<int, double, std_::array<short, 3>>;
  Any all[] = {1, 2.25, std_::array<short, 3>{1, 2, 3}};
  for (const Any& each : all) std_::visit(Show{r}, each), r.add(each.index());
  CHECK(r, std_::get<double>(all[1]) == 2.25 && std_::get_if<int>(&all[1]) == nullptr && std_::holds_alternative<int>(all[0]));
  all[0] = all[2];
  CHECK(r, all[0] == all[2] && all[0] != all[1]);
  std_::swap(all[1], all[2]);
  CHECK(r, all[2].index() == 1);
  CHECK(r, std_::visit([](auto a, auto b) { return sizeof a * 100 + sizeof b; }, Any(1), Any(2.0)) == 408);
}

__host__ __device__ void sequences(Record& r) {
  std_::inplace_vector<int, 8> v{3, 1, 2};
  v.push_back(5);
  v.insert(v.begin() + 1, 8);
  v.erase(v.begin());
  v.resize(6, 4);
  for (int x : v) r.add(x);
  CHECK(r, v.size() == 6 && v.capacity() == 8 && v.back() == 4 && !v.empty() && v.try_push_back(1));

  std_::bitset<70> b(0x1234567890ull);
  b.set(69).flip(0);
  r.add(b.count());
  CHECK(r, b.test(69) && (b >> 68).to_ullong() == 2 && (~b).count() == 70 - b.count() && (b & b) == b && b.any() && !b.all());

  std_::string_view text = "one two three";
  auto at = text.find("two");
  CHECK(r, at == 4 && text.substr(at, 3) == "two" && text.rfind('e') == 12 && text.compare("one") > 0 && text.starts_with("one"));
  text.remove_prefix(8);
  for (char c : text) r.add(c);
}

__host__ __device__ void spans_of_many_dimensions(Record& r) {
  int data[24];
  for (int i = 0; i < 24; i++) data[i] = i;
  std_::mdspan<int, std_::extents<int, 2, std_::dynamic_extent, 4>> m(data, 3);
  std_::mdspan<int, std_::dextents<int, 2>, std_::layout_left> left(data, 4, 6);
  CHECK(r, m.extent(1) == 3 && m.size() == 24 && left.stride(1) == 4);
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 4; k++) r.add(m(i, j, k));
  r.add(left(3, 2));
  auto row = std_::submdspan(m, 1, std_::full_extent, 2);
  CHECK(r, row.rank() == 1 && row.extent(0) == 3 && row(2) == 22);
  std_::layout_stride::mapping<std_::extents<int, 3, 2>> every(std_::extents<int, 3, 2>{}, std_::array<int, 2>{8, 3});
  std_::mdspan strided(data, every);
  CHECK(r, strided(2, 1) == 19 && every.required_span_size() == 20);
}

int main() {
  return same<arrays>("arrays") + same<tuples>("tuples") + same<optionals>("optionals") + same<variants>("variants") +
         same<sequences>("sequences") + same<spans_of_many_dimensions>("mdspan");
}
