// DeviceTransform, DeviceMerge, DeviceAdjacentDifference, DeviceMemcpy, by key: reduce and select; partition in three.
#include <algorithm>
#include <cub/cub.cuh>
#include <cuda/std/tuple>

#include "support.h"

struct Add {
  template <class T>
  __host__ __device__ T operator()(const T& a, const T& b) const {
    return static_cast<T>(a + b);
  }
};

template <class T>
struct Below {
  T limit;
  __host__ __device__ bool operator()(const T& value) const { return value < limit; }
};

struct Before {
  template <class T>
  __host__ __device__ bool operator()(const T& a, const T& b) const {
    return a < b;
  }
};

template <class T>
void transform(size_t n) {
  auto a = random_values<T>(n, 50, 61), b = random_values<T>(n, 50, 67);
  Device<T> left(a), right(b), out(n);
  require(cub::DeviceTransform::Transform(cuda::std::tuple<T*, T*>(left.data, right.data), out.data, int(n), Add{}), "Transform");
  std::transform(a.begin(), a.end(), b.begin(), a.begin(), Add{});
  expect("DeviceTransform::Transform", n, out.get(), a);
}

template <class T>
void merge(size_t n) {
  auto a = random_values<T>(n, 90, 71), b = random_values<T>(n / 3, 90, 73);
  std::sort(a.begin(), a.end(), Before{});
  std::sort(b.begin(), b.end(), Before{});
  Device<T> left(a), right(b), out(n + n / 3);
  with_storage([&](void* s, size_t& bytes) {
    return cub::DeviceMerge::MergeKeys(s, bytes, left.data, int(n), right.data, int(n / 3), out.data, Before{});
  });
  std::vector<T> wanted(n + n / 3);
  std::merge(a.begin(), a.end(), b.begin(), b.end(), wanted.begin(), Before{});
  expect("DeviceMerge::MergeKeys", n, out.get(), wanted);
}

template <class T>
void differences(size_t n) {
  auto values = random_values<T>(n, 100, 79);
  Device<T> in(values), out(n);
  with_storage(
      [&](void* s, size_t& b) { return cub::DeviceAdjacentDifference::SubtractLeftCopy(s, b, in.data, out.data, int(n), Add{}); });
  for (size_t i = n; i-- > 1;) values[i] = Add{}(values[i], values[i - 1]);
  expect("DeviceAdjacentDifference::SubtractLeftCopy", n, out.get(), values);
}

// Copies of 0, 1, 2, ... elements, each to its own place.
template <class T>
void batch(size_t n) {
  auto values = random_values<T>(n, 100, 83);
  Device<T> in(values), out(n);
  std::vector<const void*> from;
  std::vector<void*> to;
  std::vector<size_t> bytes;
  for (size_t at = 0, length = 0; at < n; at += length, ++length) {
    length = std::min(length, n - at);
    from.push_back(in.data + at);
    to.push_back(out.data + at);
    bytes.push_back(length * sizeof(T));
  }
  Device<const void*> sources(from);
  Device<void*> targets(to);
  Device<size_t> sizes(bytes);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceMemcpy::Batched(s, b, sources.data, targets.data, sizes.data, uint32_t(from.size()));
  });
  expect("DeviceMemcpy::Batched", n, out.get(), values);
}

template <class T>
void by_key(size_t n) {
  auto keys = random_values<int>(n, 2, 89);
  auto values = random_values<T>(n, 4, 97);
  std::vector<int> heads;
  std::vector<T> sums, firsts;
  for (size_t i = 0; i < n; ++i) {
    if (i > 0 && keys[i] == keys[i - 1]) {
      sums.back() = Add{}(sums.back(), values[i]);
      continue;
    }
    heads.push_back(keys[i]);
    sums.push_back(values[i]);
    firsts.push_back(values[i]);
  }
  Device<int> key(keys), head(n), count(1);
  Device<T> in(values), out(n);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceReduce::ReduceByKey(s, b, key.data, head.data, in.data, out.data, count.data, Add{}, int(n));
  });
  expect("DeviceReduce::ReduceByKey, count", n, count.get(), {int(heads.size())});
  expect("DeviceReduce::ReduceByKey, keys", n, head.get(heads.size()), heads);
  expect("DeviceReduce::ReduceByKey", n, out.get(sums.size()), sums);
  with_storage([&](void* s, size_t& b) {
    return cub::DeviceSelect::UniqueByKey(s, b, key.data, in.data, head.data, out.data, count.data, int(n));
  });
  expect("DeviceSelect::UniqueByKey, keys", n, head.get(heads.size()), heads);
  expect("DeviceSelect::UniqueByKey", n, out.get(firsts.size()), firsts);
}

template <class T>
void three_parts(size_t n) {
  auto values = random_values<T>(n, 6, 101);
  Below<T> low{value_from<T>(2, 6)}, middle{value_from<T>(4, 6)};
  std::vector<T> parts[3];
  for (const T& value : values) parts[low(value) ? 0 : middle(value) ? 1 : 2].push_back(value);
  Device<T> in(values), first(n), second(n), rest(n);
  Device<int> counts(2);
  with_storage([&](void* s, size_t& b) {
    return cub::DevicePartition::If(s, b, in.data, first.data, second.data, rest.data, counts.data, int(n), low, middle);
  });
  expect("DevicePartition::If in three, counts", n, counts.get(), {int(parts[0].size()), int(parts[1].size())});
  expect("DevicePartition::If in three, first", n, first.get(parts[0].size()), parts[0]);
  expect("DevicePartition::If in three, second", n, second.get(parts[1].size()), parts[1]);
  expect("DevicePartition::If in three, rest", n, rest.get(parts[2].size()), parts[2]);
}

template <class T>
void everything() {
  for (size_t n : sizes()) {
    transform<T>(n);
    merge<T>(n);
    differences<T>(n);
    batch<T>(n);
    by_key<T>(n);
    three_parts<T>(n);
  }
}

int main() { return check<TYPES>("others"); }
