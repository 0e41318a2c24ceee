// DeviceReduce, DeviceSegmentedReduce, DeviceScan (look-back between blocks), DeviceFor.
#include <algorithm>
#include <cub/cub.cuh>
#include <numeric>

#include "support.h"

// Addition that is exact in any order for the values used here; small types wrap around.
struct Plus {
  template <class T>
  __host__ __device__ T operator()(const T& a, const T& b) const {
    return static_cast<T>(a + b);
  }
};

struct Smaller {
  template <class T>
  __host__ __device__ T operator()(const T& a, const T& b) const {
    return b < a ? b : a;
  }
};

// What every order of evaluation gives the same result for: sums, or the smallest where a type has few digits.
template <class T>
using Exact = std::conditional_t<std::is_same_v<T, __half> || std::is_same_v<T, __nv_bfloat16>, Smaller, Plus>;

template <class T>
void reduce(size_t n) {
  auto values = random_values<T>(n, 16);
  Device<T> in(values), out(1);
  T zero = value_from<T>(0, 1);
  with_storage([&](void* s, size_t& b) { return cub::DeviceReduce::Reduce(s, b, in.data, out.data, int(n), Exact<T>{}, zero); });
  expect("DeviceReduce::Reduce", n, out.get(), {std::accumulate(values.begin(), values.end(), zero, Exact<T>{})});
  T largest = value_from<T>(15, 16);
  with_storage([&](void* s, size_t& b) { return cub::DeviceReduce::Reduce(s, b, in.data, out.data, int(n), Smaller{}, largest); });
  expect("DeviceReduce::Reduce, smaller", n, out.get(), {std::accumulate(values.begin(), values.end(), largest, Smaller{})});
}

template <class T>
void arithmetic_reduce(size_t n) {
  auto values = random_values<T>(n, 100, 7);
  Device<T> in(values), out(1);
  with_storage([&](void* s, size_t& b) { return cub::DeviceReduce::Sum(s, b, in.data, out.data, int(n)); });
  expect("DeviceReduce::Sum", n, out.get(), {std::accumulate(values.begin(), values.end(), T{}, Exact<T>{})});
  if (n == 0) return;
  with_storage([&](void* s, size_t& b) { return cub::DeviceReduce::Max(s, b, in.data, out.data, int(n)); });
  expect("DeviceReduce::Max", n, out.get(), {*std::max_element(values.begin(), values.end())});
  Device<int64_t> where(1);
  with_storage([&](void* s, size_t& b) { return cub::DeviceReduce::ArgMin(s, b, in.data, out.data, where.data, int64_t(n)); });
  auto smallest = std::min_element(values.begin(), values.end());
  expect("DeviceReduce::ArgMin", n, out.get(), {*smallest});
  expect("DeviceReduce::ArgMin, place", n, where.get(), {int64_t(smallest - values.begin())});
}

// Segments of growing length, the first one empty.
inline std::vector<int> segment_offsets(size_t n) {
  std::vector<int> offsets{0};
  for (size_t length = 0; size_t(offsets.back()) < n; length = length * 2 + 1)
    offsets.push_back(int(std::min(n, offsets.back() + length)));
  if (offsets.size() == 1) offsets.push_back(0);
  return offsets;
}

template <class T>
void segmented_reduce(size_t n) {
  auto values = random_values<T>(n, 16, 3);
  auto offsets = segment_offsets(n);
  int count = int(offsets.size()) - 1;
  Device<T> in(values), out(count);
  Device<int> bounds(offsets);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceSegmentedReduce::Reduce(s, b, in.data, out.data, count, bounds.data, bounds.data + 1, Exact<T>{},
                                              value_from<T>(0, 1));
  });
  std::vector<T> wanted;
  for (int i = 0; i < count; ++i)
    wanted.push_back(
        std::accumulate(values.begin() + offsets[i], values.begin() + offsets[i + 1], value_from<T>(0, 1), Exact<T>{}));
  expect("DeviceSegmentedReduce::Reduce", n, out.get(), wanted);
}

template <class T>
void scan(size_t n) {
  auto values = random_values<T>(n, 8, 5);
  Device<T> in(values), out(n);
  std::vector<T> wanted(n);
  with_storage([&](void* s, size_t& b) { return cub::DeviceScan::InclusiveScan(s, b, in.data, out.data, Exact<T>{}, int(n)); });
  std::inclusive_scan(values.begin(), values.end(), wanted.begin(), Exact<T>{});
  expect("DeviceScan::InclusiveScan", n, out.get(), wanted);
  T first = value_from<T>(5, 8);
  with_storage(
      [&](void* s, size_t& b) { return cub::DeviceScan::ExclusiveScan(s, b, in.data, out.data, Exact<T>{}, first, int(n)); });
  std::exclusive_scan(values.begin(), values.end(), wanted.begin(), first, Exact<T>{});
  expect("DeviceScan::ExclusiveScan", n, out.get(), wanted);
}

template <class T>
void scan_by_key(size_t n) {
  auto keys = random_values<int>(n, 3, 11);
  auto values = random_values<T>(n, 8, 13);
  Device<int> key(keys);
  Device<T> in(values), out(n);
  with_storage([&](void* s, size_t& b) { return cub::DeviceScan::InclusiveSumByKey(s, b, key.data, in.data, out.data, int(n)); });
  std::vector<T> wanted(values);
  for (size_t i = 1; i < n; ++i)
    if (keys[i] == keys[i - 1]) wanted[i] = T(wanted[i - 1] + values[i]);
  expect("DeviceScan::InclusiveSumByKey", n, out.get(), wanted);
}

template <class T>
struct Twice {
  T* out;
  __device__ void operator()(int i) const { out[i] = out[i] + out[i]; }
};

template <class T>
void for_each(size_t n) {
  auto values = random_values<T>(n, 8, 17);
  Device<T> data(values);
  require(cub::DeviceFor::Bulk(int(n), Twice<T>{data.data}), "DeviceFor::Bulk");
  require(cudaDeviceSynchronize(), "DeviceFor::Bulk");
  for (T& value : values) value = Plus{}(value, value);
  expect("DeviceFor::Bulk", n, data.get(), values);
}

template <class T>
void everything() {
  for (size_t n : sizes()) {
    reduce<T>(n);
    segmented_reduce<T>(n);
    scan<T>(n);
    for_each<T>(n);
    if constexpr (std::is_arithmetic_v<T>) {
      arithmetic_reduce<T>(n);
      scan_by_key<T>(n);
    }
  }
}

int main() { return check<TYPES>("reduce, scan"); }
