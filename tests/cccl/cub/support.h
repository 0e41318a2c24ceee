// What the CUB tests share: device arrays, CUB's two calls (how much temporary storage, then the work), inputs and comparison.
#pragma once
#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

// The types to go through: of the wide matrix (`-DTYPES=double`) one at a time.
#ifndef TYPES
#define TYPES int32_t, uint8_t, double, Record
#endif
#ifndef LARGEST
#define LARGEST 70001
#endif

inline void require(cudaError_t status, const char* what) {
  if (status != cudaSuccess) {
    std::printf("%s: %s\n", what, cudaGetErrorString(status));
    std::exit(1);
  }
}

template <class T>
struct Device {
  T* data = nullptr;
  size_t size;
  explicit Device(size_t n) : size(n) {
    require(cudaMalloc(&data, (n + 1) * sizeof(T)), "cudaMalloc");
    require(cudaMemset(data, 0x5a, (n + 1) * sizeof(T)), "cudaMemset");
  }
  explicit Device(const std::vector<T>& from) : Device(from.size()) {
    require(cudaMemcpy(data, from.data(), size * sizeof(T), cudaMemcpyHostToDevice), "copy to the device");
  }
  Device(const Device&) = delete;
  ~Device() { cudaFree(data); }
  std::vector<T> get(size_t n) const {
    std::vector<T> to(n);
    require(cudaMemcpy(to.data(), data, n * sizeof(T), cudaMemcpyDeviceToHost), "copy from the device");
    return to;
  }
  std::vector<T> get() const { return get(size); }
  operator T*() const { return data; }
};

// `call(storage, bytes)` is made twice, as CUB asks for.
template <class Call>
void with_storage(Call call) {
  size_t bytes = 0;
  require(call(nullptr, bytes), "size of the temporary storage");
  Device<char> storage(bytes);
  require(call(storage.data, bytes), "launch");
  require(cudaDeviceSynchronize(), "kernel");
}

// A key with a payload, 24 bytes: no power of two, and larger than any atomic.
struct Record {
  int64_t key;
  float weight;
  int32_t tag;
  double value;
  __host__ __device__ bool operator<(const Record& other) const { return key < other.key; }
  __host__ __device__ bool operator==(const Record& other) const {
    return key == other.key && weight == other.weight && tag == other.tag && value == other.value;
  }
  __host__ __device__ Record operator+(const Record& other) const {
    return {key + other.key, weight + other.weight, tag + other.tag, value + other.value};
  }
};

inline uint64_t random_bits(uint64_t& state) {
  state = state * 6364136223846793005ull + 1442695040888963407ull;
  return (state >> 33) ^ (state << 31);
}

// A value from random bits. `range` small: many duplicates, and sums that every type holds exactly in any order.
template <class T>
T value_from(uint64_t bits, uint64_t range) {
  if constexpr (std::is_same_v<T, Record>) {
    int64_t key = static_cast<int64_t>(bits % range);
    return {key, static_cast<float>(key % 16), static_cast<int32_t>(key % 256), static_cast<double>(key % 1024)};
  } else if constexpr (std::is_same_v<T, __half>) {
    return __float2half(static_cast<float>(static_cast<int>(bits % range) - static_cast<int>(range / 2)));
  } else if constexpr (std::is_same_v<T, __nv_bfloat16>) {
    return __float2bfloat16(static_cast<float>(static_cast<int>(bits % range) - static_cast<int>(range / 2)));
  } else if constexpr (std::is_signed_v<T> || std::is_floating_point_v<T>) {
    return static_cast<T>(static_cast<int64_t>(bits % range) - static_cast<int64_t>(range / 2));
  } else {
    return static_cast<T>(bits % range);
  }
}

template <class T>
std::vector<T> random_values(size_t n, uint64_t range = 128, uint64_t seed = 1) {
  std::vector<T> values(n);
  for (T& value : values) value = value_from<T>(random_bits(seed), range);
  return values;
}

inline std::vector<size_t> sizes() { return {0, 1, 31, 257, 4099, LARGEST}; }

inline int checks = 0, failures = 0;

template <class T>
void expect(const std::string& what, size_t n, const std::vector<T>& got, const std::vector<T>& wanted) {
  ++checks;
  bool same = got.size() == wanted.size();
  size_t at = 0;
  while (same && at < got.size() && std::memcmp(&got[at], &wanted[at], sizeof(T)) == 0) ++at;
  if (same && at == got.size()) return;
  ++failures;
  std::printf("wrong: %s, %zu elements of %zu bytes, at %zu\n", what.c_str(), n, sizeof(T), at);
}

inline int report(const char* name) {
  std::printf("%s: %d of %d right\n", name, checks - failures, checks);
  return failures != 0;
}

// What a program defines: its checks for one type.
template <class T>
void everything();

template <class... T>
int check(const char* name) {
  (everything<T>(), ...);
  return report(name);
}
