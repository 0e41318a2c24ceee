// flags: --expt-relaxed-constexpr
// C++ on both sides: classes, inheritance, variadic templates, constexpr, operators and lambdas in kernels; the standard library,
// exceptions and RAII on the host.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace geometry {
template <typename T>
struct Complex {
  T re, im;
  __host__ __device__ constexpr Complex operator*(Complex o) const { return {re * o.re - im * o.im, re * o.im + im * o.re}; }
  __host__ __device__ constexpr Complex& operator+=(Complex o) {
    re += o.re;
    im += o.im;
    return *this;
  }
};
}  // namespace geometry
using geometry::Complex;

__host__ __device__ constexpr int power(int base, int exponent) { return exponent == 0 ? 1 : base * power(base, exponent - 1); }
static_assert(power(3, 4) == 81);

template <typename... Values>
__host__ __device__ auto sum_of(Values... values) {
  return (values + ... + 0);
}

template <int... Is>
struct Sequence {
  static constexpr int count = sizeof...(Is);
  static __device__ int at(int i) {
    constexpr int values[] = {Is...};
    return values[i];
  }
};

struct Counter {
  int value = 7;
  __device__ int next() { return value++; }
};
struct Doubled : Counter {
  __device__ int next() { return 2 * Counter::next(); }
};

enum class Mode : unsigned char { add, multiply };

template <Mode mode, typename T>
__global__ void features(Complex<T>* values, int* numbers) {
  const int i = threadIdx.x;
  if constexpr (mode == Mode::multiply) {
    values[i] = values[i] * values[i];
  } else {
    values[i] += Complex<T>{1, T(i)};
  }
  Doubled counter;
  const auto twice = [&counter](int extra) { return counter.next() + extra; };
  int total = twice(1) + twice(2);
  for (const int part : {1, 2, 3}) total += part * i;
  using Numbers = Sequence<5, 6, 7, 8>;
  auto [low, high] = std::pair<int, int>{i % 4, int{Numbers::count}};
  switch (i % 3) {
    case 0:
      total += Numbers::at(low);
      break;
    case 1:
      total -= sum_of(1, 2, i);
      [[fallthrough]];
    default:
      total += high;
  }
  numbers[i] = total;
}

template <typename T>
struct Deleter {
  void operator()(T* pointer) const { cudaFree(pointer); }
};
template <typename T>
using Managed = std::unique_ptr<T[], Deleter<T>>;

template <typename T>
Managed<T> make_managed(size_t count) {
  T* pointer = nullptr;
  if (const cudaError_t error = cudaMallocManaged(&pointer, count * sizeof(T)); error != cudaSuccess) {
    throw std::runtime_error(cudaGetErrorName(error));
  }
  return Managed<T>(pointer);
}

int main() {
  auto values = make_managed<Complex<double>>(32);
  auto numbers = make_managed<int>(32);
  for (int i = 0; i < 32; ++i) values[i] = {double(i), 0.5};
  features<Mode::add><<<1, 32>>>(values.get(), numbers.get());
  features<Mode::multiply><<<1, 32>>>(values.get(), numbers.get());
  cudaDeviceSynchronize();
  const std::vector<int> copy(numbers.get(), numbers.get() + 32);
  printf("%.2f %.2f, %.2f %.2f, sum %d, max %d\n", values[1].re, values[1].im, values[31].re, values[31].im,
         std::accumulate(copy.begin(), copy.end(), 0), *std::max_element(copy.begin(), copy.end()));

  std::map<std::string, std::function<int(int)>> table = {{"square", [](int x) { return x * x; }}, {"negate", std::negate<int>()}};
  try {
    for (const auto& [name, function] : table) printf("%s %d\n", name.c_str(), function(power(2, 5)));
    make_managed<char>(size_t(1) << 60);
    printf("not reached\n");
  } catch (const std::exception& error) {
    printf("caught %s\n", error.what());
  }
}
