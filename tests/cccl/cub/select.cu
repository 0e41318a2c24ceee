// DeviceSelect, DevicePartition, DeviceRunLengthEncode, DeviceHistogram.
#include <algorithm>
#include <cub/cub.cuh>

#include "support.h"

template <class T>
struct Small {
  T limit;
  __host__ __device__ bool operator()(const T& value) const { return value < limit; }
};

template <class T>
void expect_front(const std::string& what, size_t n, const Device<T>& out, const Device<int>& count, const std::vector<T>& wanted) {
  expect(what + ", count", n, count.get(), {int(wanted.size())});
  expect(what, n, out.get(wanted.size()), wanted);
}

template <class T>
void select(size_t n) {
  auto values = random_values<T>(n, 4, 31);
  std::vector<char> flags(n);
  std::vector<T> chosen, flagged, rest, unique;
  Small<T> small{value_from<T>(2, 4)};
  for (size_t i = 0; i < n; ++i) {
    flags[i] = i * 2654435761u >> 7 & 1;
    (small(values[i]) ? chosen : rest).push_back(values[i]);
    if (flags[i]) flagged.push_back(values[i]);
    if (i == 0 || !(values[i] == values[i - 1])) unique.push_back(values[i]);
  }
  Device<T> in(values), out(n);
  Device<char> flag(flags);
  Device<int> count(1);
  with_storage([&](void* s, size_t& b) { return cub::DeviceSelect::If(s, b, in.data, out.data, count.data, int(n), small); });
  expect_front("DeviceSelect::If", n, out, count, chosen);
  with_storage(
      [&](void* s, size_t& b) { return cub::DeviceSelect::Flagged(s, b, in.data, flag.data, out.data, count.data, int(n)); });
  expect_front("DeviceSelect::Flagged", n, out, count, flagged);
  with_storage([&](void* s, size_t& b) { return cub::DeviceSelect::Unique(s, b, in.data, out.data, count.data, int(n)); });
  expect_front("DeviceSelect::Unique", n, out, count, unique);
  with_storage([&](void* s, size_t& b) { return cub::DevicePartition::If(s, b, in.data, out.data, count.data, int(n), small); });
  expect("DevicePartition::If, count", n, count.get(), {int(chosen.size())});
  chosen.insert(chosen.end(), rest.rbegin(), rest.rend());  // those not chosen come last, in reverse
  expect("DevicePartition::If", n, out.get(), chosen);
}

template <class T>
void run_lengths(size_t n) {
  auto values = random_values<T>(n, 2, 37);
  std::vector<T> heads;
  std::vector<int> lengths, starts, longer;
  for (size_t i = 0, next; i < n; i = next) {
    for (next = i + 1; next < n && values[next] == values[i];) ++next;
    heads.push_back(values[i]);
    lengths.push_back(int(next - i));
    if (next - i > 1) starts.push_back(int(i)), longer.push_back(int(next - i));
  }
  Device<T> in(values), head(n);
  Device<int> length(n), start(n), count(1);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceRunLengthEncode::Encode(s, b, in.data, head.data, length.data, count.data, int(n));
  });
  expect_front("DeviceRunLengthEncode::Encode", n, head, count, heads);
  expect("DeviceRunLengthEncode::Encode, lengths", n, length.get(lengths.size()), lengths);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceRunLengthEncode::NonTrivialRuns(s, b, in.data, start.data, length.data, count.data, int(n));
  });
  expect_front("DeviceRunLengthEncode::NonTrivialRuns", n, start, count, starts);
  expect("DeviceRunLengthEncode::NonTrivialRuns, lengths", n, length.get(longer.size()), longer);
}

template <class T>
void histogram(size_t n) {
  auto values = random_values<T>(n, 64, 41);
  constexpr int bins = 16;
  T lower = value_from<T>(0, 64), step = T(4), upper = T(lower + T(bins * 4 - 1) + T(1));
  std::vector<int> wanted(bins);
  std::vector<T> levels;
  for (const T& value : values) ++wanted[int((value - lower) / step)];
  for (int i = 0; i <= bins; ++i) levels.push_back(T(lower + step * i));
  Device<T> in(values), level(levels);
  Device<int> counts(bins);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceHistogram::HistogramEven(s, b, in.data, counts.data, bins + 1, lower, upper, int(n));
  });
  expect("DeviceHistogram::HistogramEven", n, counts.get(), wanted);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceHistogram::HistogramRange(s, b, in.data, counts.data, bins + 1, level.data, int(n));
  });
  expect("DeviceHistogram::HistogramRange", n, counts.get(), wanted);
}

template <class T>
void everything() {
  for (size_t n : sizes()) {
    select<T>(n);
    run_lengths<T>(n);
    if constexpr (std::is_arithmetic_v<T>) histogram<T>(n);
  }
}

int main() { return check<TYPES>("select"); }
