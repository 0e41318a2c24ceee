// DeviceRadixSort, DeviceSegmentedRadixSort, DeviceSegmentedSort, DeviceMergeSort.
#include <algorithm>
#include <cub/cub.cuh>
#include <numeric>

#include "support.h"

// Places of the elements in sorted order; equal ones stay in order, as radix sort keeps them.
template <class T>
std::vector<uint32_t> order(const std::vector<T>& keys, size_t from, size_t to, bool down) {
  std::vector<uint32_t> places(to - from);
  std::iota(places.begin(), places.end(), uint32_t(from));
  std::stable_sort(places.begin(), places.end(),
                   [&](uint32_t a, uint32_t b) { return down ? keys[b] < keys[a] : keys[a] < keys[b]; });
  return places;
}

template <class T>
std::vector<T> taken(const std::vector<T>& values, const std::vector<uint32_t>& places) {
  std::vector<T> out;
  for (uint32_t place : places) out.push_back(values[place]);
  return out;
}

template <class T>
void radix(size_t n) {
  auto keys = random_values<T>(n, uint64_t(1) << std::min<size_t>(8 * sizeof(T) - 1, 40), 2);
  if constexpr (std::is_same_v<T, __half> || std::is_same_v<T, __nv_bfloat16>) keys = random_values<T>(n, 256, 2);
  std::vector<uint32_t> places(n);
  std::iota(places.begin(), places.end(), 0u);
  Device<T> in(keys), out(n);
  Device<uint32_t> values(places), moved(n);
  with_storage([&](void* s, size_t& b) { return cub::DeviceRadixSort::SortKeys(s, b, in.data, out.data, int(n)); });
  auto up = order(keys, 0, n, false);
  expect("DeviceRadixSort::SortKeys", n, out.get(), taken(keys, up));
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceRadixSort::SortPairsDescending(s, b, in.data, out.data, values.data, moved.data, int(n));
  });
  auto down = order(keys, 0, n, true);
  expect("DeviceRadixSort::SortPairsDescending, keys", n, out.get(), taken(keys, down));
  expect("DeviceRadixSort::SortPairsDescending, values", n, moved.get(), down);
}

// Four bits of the keys only.
template <class T>
void radix_bits(size_t n) {
  auto keys = random_values<T>(n, 128, 21);
  Device<T> in(keys), out(n);
  with_storage([&](void* s, size_t& b) { return cub::DeviceRadixSort::SortKeys(s, b, in.data, out.data, int(n), 2, 6); });
  std::stable_sort(keys.begin(), keys.end(), [](T a, T b) { return (a >> 2 & 15) < (b >> 2 & 15); });
  expect("DeviceRadixSort::SortKeys, bits 2 to 6", n, out.get(), keys);
}

template <class T>
void segmented(size_t n) {
  auto keys = random_values<T>(n, 100, 23);
  std::vector<int> offsets{0, 0, int(n / 7), int(n / 7 + n / 3), int(n)};
  Device<T> in(keys), out(n);
  Device<int> bounds(offsets);
  std::vector<T> wanted;
  for (size_t i = 0; i + 1 < offsets.size(); ++i) {
    auto part = taken(keys, order(keys, offsets[i], offsets[i + 1], false));
    wanted.insert(wanted.end(), part.begin(), part.end());
  }
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceSegmentedRadixSort::SortKeys(s, b, in.data, out.data, int(n), 4, bounds.data, bounds.data + 1);
  });
  expect("DeviceSegmentedRadixSort::SortKeys", n, out.get(), wanted);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceSegmentedSort::SortKeys(s, b, in.data, out.data, int(n), 4, bounds.data, bounds.data + 1);
  });
  expect("DeviceSegmentedSort::SortKeys", n, out.get(), wanted);
}

struct Before {
  template <class T>
  __host__ __device__ bool operator()(const T& a, const T& b) const {
    return a < b;
  }
};

template <class T>
void merge(size_t n) {
  auto keys = random_values<T>(n, 500, 29);
  std::vector<uint32_t> places(n);
  std::iota(places.begin(), places.end(), 0u);
  Device<T> data(keys);
  Device<uint32_t> values(places);
  with_storage(
      [&](void* s, size_t& b) { return cub::DeviceMergeSort::StableSortPairs(s, b, data.data, values.data, int(n), Before{}); });
  auto wanted = order(keys, 0, n, false);
  expect("DeviceMergeSort::StableSortPairs, keys", n, data.get(), taken(keys, wanted));
  expect("DeviceMergeSort::StableSortPairs, values", n, values.get(), wanted);
}

template <class T>
void everything() {
  for (size_t n : sizes()) {
    merge<T>(n);
    if constexpr (!std::is_same_v<T, Record>) {
      radix<T>(n);
      segmented<T>(n);
    }
    if constexpr (std::is_unsigned_v<T>) radix_bits<T>(n);
  }
}

int main() { return check<TYPES>("sort"); }
