// Nearly all of the C++ standard library's headers: used on the host, their constexpr functions on the device as well.
// Also valid C++: what the host compiler itself makes of it is what the CUDA compilation must print.
#if __has_include(<version>)
#include <version>
#endif
#include <algorithm>
#include <array>
#include <atomic>
#include <bitset>
#include <cassert>
#include <cfenv>
#include <chrono>
#include <cinttypes>
#include <cmath>
#include <codecvt>
#include <complex>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <forward_list>
#include <functional>
#include <future>
#include <initializer_list>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <locale>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <queue>
#include <random>
#include <ratio>
#include <regex>
#include <scoped_allocator>
#include <set>
#include <shared_mutex>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <valarray>
#include <vector>
#if __cplusplus >= 201703L
#include <any>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>
#include <variant>
#if __has_include(<memory_resource>)
#include <memory_resource>
#endif
#endif
#if __cplusplus > 201703L
#define OPTIONAL_HEADERS 1
#endif
#ifdef OPTIONAL_HEADERS
#if __has_include(<barrier>) && __has_include(<semaphore>)
#include <barrier>
#include <latch>
#include <semaphore>
#include <stop_token>
#endif
#if __has_include(<bit>)
#include <bit>
#endif
#if __has_include(<compare>)
#include <compare>
#include <concepts>
#endif
#if __has_include(<coroutine>) && defined(__cpp_impl_coroutine)
#include <coroutine>
#endif
#if __has_include(<format>)
#include <format>
#endif
#if __has_include(<numbers>)
#include <numbers>
#endif
#if __has_include(<ranges>)
#include <ranges>
#endif
#if __has_include(<source_location>)
#include <source_location>
#endif
#if __has_include(<span>)
#include <span>
#endif
#if __has_include(<syncstream>)
#include <syncstream>
#endif
#endif
#if __cplusplus > 202002L
#if __has_include(<expected>)
#include <expected>
#endif
#if __has_include(<flat_map>)
#include <flat_map>
#endif
#if __has_include(<generator>)
#include <generator>
#endif
#if __has_include(<mdspan>)
#include <mdspan>
#endif
#if __has_include(<print>)
#include <print>
#endif
#if __has_include(<spanstream>)
#include <spanstream>
#endif
#if __has_include(<stdfloat>)
#include <stdfloat>
#endif
#endif

#ifdef __CUDACC__
#define BOTH __host__ __device__
#else
#define BOTH
#endif

// A number made of constexpr functions: the same on the host and on the device.
BOTH inline int constexpr_parts(int n) {
  std::array<int, 4> values = {n, 3, 2, 1};
  int sum = std::max(n, 3) + std::min({4, n, 9}) + std::numeric_limits<short>::max() + std::get<1>(std::make_tuple(1, n));
  sum += std::pair<int, int>(n, 2).first + static_cast<int>(values.size()) + static_cast<int>(std::ratio<6, 3>::num);
  sum += static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::minutes(n)).count());
#if __cplusplus >= 201703L
  sum += std::gcd(n, 12) + std::clamp(n, 0, 3) + std::optional<int>(n).value_or(7) + values[1];
  sum += static_cast<int>(std::string_view("kernel", 6).size()) + (std::is_same_v<int, int> ? 1 : 0);
#endif
#ifdef __cpp_lib_bitops
  sum += std::popcount(unsigned(n)) + std::countl_zero(unsigned(n)) + static_cast<int>(std::rotl(unsigned(n), 3));
#endif
#ifdef __cpp_lib_bit_cast
  sum += std::bit_cast<int>(1.0f);
#endif
#ifdef __cpp_lib_constexpr_algorithms
  std::reverse(values.begin(), values.end());
  sum += values[0] * 100 + values[3] + (std::is_sorted(values.begin(), values.end()) ? 1 : 0);
#endif
#ifdef __cpp_lib_constexpr_numeric
  sum += std::accumulate(values.begin(), values.end(), 0);
#endif
#ifdef __cpp_lib_interpolate
  sum += std::midpoint(n, 100);
#endif
#ifdef __cpp_lib_span
  sum += static_cast<int>(std::span<int>(values.data(), 4).subspan(1).size());
#endif
#ifdef __cpp_lib_ranges
  sum += std::ranges::max(values) + *std::ranges::find(values, 2);
#endif
#ifdef __cpp_lib_to_underlying
  enum class Small : unsigned char { kOne = 1 };
  sum += std::to_underlying(Small::kOne);
#endif
#ifdef __cpp_lib_byteswap
  sum += std::byteswap(static_cast<short>(n));
#endif
#ifdef __cpp_lib_expected
  sum += std::expected<int, char>(n).value_or(1);
#endif
  return sum;
}

int classic_parts() {
  std::vector<int> values(100);
  std::iota(values.begin(), values.end(), 0);
  std::mt19937 engine(5);
  std::shuffle(values.begin(), values.end(), engine);
  std::sort(values.begin(), values.end(), std::greater<int>());
  std::map<std::string, int> names = {{"a", 1}, {"b", 2}};
  std::unordered_map<int, std::string> numbers = {{1, "one"}};
  std::ostringstream text;
  text << std::setw(4) << values[0] << names["b"] << numbers[1] << std::complex<float>(1, 2);
  std::smatch found;
  const std::string line = text.str();
  const bool matched = std::regex_search(line, found, std::regex("([0-9]+)one"));
  std::atomic<int> count(0);
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      std::lock_guard<std::mutex> lock(mutex);
      ++count;
    });
  }
  for (std::thread& thread : threads) thread.join();
  auto later = std::async(std::launch::async, [] { return 5; });
  std::valarray<double> squares = {1, 2, 3};
  int caught = 0;
  try {
    throw std::system_error(std::make_error_code(std::errc::io_error));
  } catch (const std::exception&) {
    caught = 1;
  }
  return (matched ? static_cast<int>(found[1].length()) : 0) + count + later.get() + static_cast<int>((squares * squares).sum()) +
         caught + static_cast<int>(std::bitset<8>(7).count());
}

#if __cplusplus >= 201703L
int parts_of_17() {
  std::variant<int, std::string> either = std::string("text");
  std::any something = 3;
  int number = 0;
  const char digits[] = "42";
  std::from_chars(digits, digits + 2, number);
  const std::filesystem::path path = std::filesystem::path("/a") / "b.txt";
  return static_cast<int>(std::get<std::string>(either).size()) + std::any_cast<int>(something) + number +
         static_cast<int>(path.extension().string().size()) + (std::filesystem::exists("/") ? 1 : 0);
}
#endif

#ifdef __cpp_lib_coroutine
struct Counter {
  struct promise_type {
    int value = 0;
    Counter get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int v) { return value = v, std::suspend_always{}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};
Counter count_up() {
  for (int i = 0;; ++i) co_yield i * 3;
}
#endif

#if __cplusplus > 201703L
int parts_of_20() {
  int sum = 0;
#ifdef __cpp_lib_coroutine
  Counter counter = count_up();
  for (int i = 0; i < 3; ++i) counter.handle.resume();
  sum += counter.handle.promise().value;
  counter.handle.destroy();
#endif
#ifdef __cpp_lib_ranges
  for (int v : std::views::iota(1, 10) | std::views::filter([](int v) { return v % 2 == 0; }) | std::views::take(3)) sum += v;
#endif
#ifdef __cpp_lib_format
  sum += static_cast<int>(std::format("{:>8}|{:#x}", "right", 255).size());
#endif
#ifdef __cpp_lib_jthread
  {
    std::jthread thread([&] { sum += 1; });
  }
#endif
#ifdef __cpp_lib_latch
  std::latch latch(1);
  latch.count_down();
  latch.wait();
#endif
#ifdef __cpp_lib_math_constants
  sum += static_cast<int>(std::numbers::pi * 100);
#endif
#ifdef __cpp_lib_source_location
  sum += std::source_location::current().line() > 1;
#endif
  return sum + ((1 <=> 2) < 0);
}
#endif

#if __cplusplus > 202002L
int parts_of_23() {
  int sum = 0;
#ifdef __cpp_lib_print
  std::println("printed {}", 23);
#endif
#ifdef __cpp_lib_mdspan
  int cells[6] = {1, 2, 3, 4, 5, 6};
  std::mdspan grid(cells, std::extents<int, 2, 3>{});
  sum += static_cast<int>(grid.extent(1));
#endif
#ifdef __cpp_lib_generator
  auto numbers = []() -> std::generator<int> { co_yield 4; };
  for (int v : numbers()) sum += v;
#endif
#ifdef __cpp_lib_flat_map
  std::flat_map<int, int> flat = {{1, 2}};
  sum += flat[1];
#endif
#if __cpp_lib_ranges_zip
  int left[2] = {1, 2}, right[2] = {3, 4};
  for (auto [a, b] : std::views::zip(left, right)) sum += a * b;
#endif
  return sum;
}
#endif

int other_side(std::vector<std::string>& words, const std::function<int(int)>& call);

int across_objects() {
  std::vector<std::string> words = {"from here"};
  try {
    return other_side(words, [](int n) { return 2 * n; });
  } catch (const std::runtime_error& error) {
    return static_cast<int>(words[1].size() + std::string(error.what()).size());
  }
}

#ifdef __CUDACC__
__global__ void on_device(int n, int* out) { *out = constexpr_parts(n); }
int device_parts(int n) {
  int* out = nullptr;
  cudaMallocManaged(&out, sizeof(int));
  on_device<<<1, 1>>>(n, out);
  const int result = cudaDeviceSynchronize() == cudaSuccess ? *out : -1;
  cudaFree(out);
  return result;
}
#else
int device_parts(int n) { return constexpr_parts(n); }
#endif

int main() {
  std::cout << "both " << constexpr_parts(6) << " " << device_parts(6) << " classic " << classic_parts() << " across "
            << across_objects();
#if __cplusplus >= 201703L
  std::cout << " 17: " << parts_of_17();
#endif
#if __cplusplus > 201703L
  std::cout << " 20: " << parts_of_20();
#endif
#if __cplusplus > 202002L
  std::cout << " 23: " << parts_of_23();
#endif
  std::cout << "\n";
}
