// flags: -std=c++23 --extended-lambda --expt-relaxed-constexpr
// One device function for each feature of the language, named by `covers`, with a number that only its meaning gives.
#include <cstdio>
#include <initializer_list>
#include <new>
#include <type_traits>
#include <utility>

// covers: auto and decltype
__device__ int deduced(int a) {
  auto b = a * 2;
  decltype(b) c = b + 1;
  return c;
}

// covers: lambda expressions; generic lambdas; initialised captures; template parameters of lambdas; constexpr lambdas
__device__ int lambdas(int a) {
  const auto twice = [](auto x) { return x + x; };
  const auto shifted = [b = a + 1](int x) { return x << b; };
  const auto sized = []<typename T>(T) { return static_cast<int>(sizeof(T)); };
  constexpr auto square = [](int x) { return x * x; };
  static_assert(square(5) == 25);
  return twice(a) + shifted(1) + sized(1.0) + square(a);
}

// covers: capture of *this by value; capture of *this; default member initialisers; delegating and inheriting constructors
struct Base {
  int value = 40;
  int more = 2;
  __device__ explicit Base(int v) : value(v) {}
  __device__ Base() : Base(41) {}
  __device__ auto by_value() {
    return [*this] { return value + more; };
  }
};
struct Derived : Base {
  using Base::Base;
};
__device__ int captured() {
  Derived derived(7), plain;
  const auto kept = derived.by_value();
  derived.value = 100;
  return kept() * 1000 + plain.value;
}

// covers: range-based for; range-based for with an initialiser; std::initializer_list in device code
__device__ int sum(std::initializer_list<int> list) {
  int total = 0;
  for (const int each : list) total += each;
  for (int factor = 2; const int each : list) total += factor * each;
  return total;
}

// covers: scoped enumerations; using enum; if and switch with initialisers; [[nodiscard]], [[maybe_unused]], [[fallthrough]]
enum class Colour : short { red = 3, green = 5, blue = 7 };
[[nodiscard]] __device__ int switched(Colour colour) {
  using enum Colour;
  [[maybe_unused]] const int unused = 1;
  int result = 0;
  switch (const int base = 10; colour) {
    case red:
      result += base;
      [[fallthrough]];
    case green:
      result += static_cast<int>(green);
      break;
    case blue:
      result = -1;
  }
  if (const int doubled = 2 * result; doubled > 20) result += doubled;
  return result;
}

// covers: rvalue references; std::move and std::forward in device code; operators of classes in device code
struct Owner {
  int value;
  __device__ explicit Owner(int v) : value(v) {}
  __device__ Owner(Owner&& other) : value(std::exchange(other.value, -1)) {}
  __device__ Owner operator+(const Owner& other) const { return Owner(value + other.value); }
};
template <typename T>
__device__ Owner passed(T&& owner) {
  return Owner(std::forward<T>(owner));
}
__device__ int moved() {
  Owner first(6), second = passed(std::move(first));
  return (second + Owner(10)).value * 100 + first.value;
}

// covers: variadic templates; fold expressions; abbreviated function templates
template <typename... T>
__device__ int folded(T... values) {
  return (values * ... * 1) + static_cast<int>(sizeof...(T));
}
__device__ int abbreviated(auto a, auto b) { return static_cast<int>(a * b); }

// covers: user-defined literals; binary literals and digit separators; hexadecimal float literals; literals of type size_t
__device__ constexpr int operator""_dozen(unsigned long long n) { return static_cast<int>(12 * n); }
__device__ int literals() {
  static_assert(std::is_same_v<decltype(1uz), std::size_t>);
  return 3_dozen + 0b1010'0001 + 1'000 + static_cast<int>(0x1.8p4f);
}

// covers: alignas and alignof; noexcept; noexcept in function types; inline namespaces; nested namespaces; alias templates
struct alignas(32) Wide {
  char byte;
};
namespace outer::middle {
inline namespace version {
template <typename T>
using Pointer = T*;
__device__ int increment(Pointer<int> p) noexcept { return ++*p; }
}  // namespace version
}  // namespace outer::middle
__device__ int named() {
  static_assert(noexcept(outer::middle::increment(nullptr)));
  static_assert(!std::is_same_v<void() noexcept, void()>);
  int value = 1;
  return outer::middle::version::increment(&value) + static_cast<int>(alignof(Wide) + sizeof(Wide));
}

// covers: override and final; constexpr virtual functions; explicitly defaulted functions in device code
struct Shape {
  __host__ __device__ constexpr virtual int corners() const { return 0; }
  __host__ __device__ constexpr int twice() const { return 2 * corners(); }
};
struct Square final : Shape {
  Square() = default;
  __host__ __device__ constexpr int corners() const override { return 4; }
};

// covers: unrestricted unions; placement new in device code; raw string literals; bit-fields
struct Counted {
  int n;
  __device__ Counted() : n(9) {}
};
union Either {
  int number;
  Counted counted;
  __device__ Either() : number(0) {}
};
struct Bits {
  unsigned low : 3, high : 5;
};
__device__ int packed(unsigned nine) {
  Either either;
  new (&either.counted) Counted;
  Bits bits;
  bits.low = nine;  // what does not fit is cut off
  bits.high = 3 * nine + 6;
  return either.counted.n * 100 + static_cast<int>(bits.low * 10 + bits.high) + static_cast<int>(sizeof(R"(a"b)"));
}

// covers: return type deduction; variable templates; relaxed constexpr; decltype(auto); [[deprecated]]
template <typename T>
constexpr T kThird = T(9) / T(3);
__device__ constexpr int loop(int n) {
  int total = 0;
  while (n > 0) total += n--;
  return total;
}
__device__ decltype(auto) element(int* p) { return (p[1]); }
[[deprecated("use another")]] __device__ auto old() { return 5L; }
__device__ int deductions() {
  static_assert(loop(4) == 10);
  int values[] = {1, 2};
  element(values) = kThird<int>;
  return values[1] * 10 + loop(3);
}

// covers: structured bindings; class template argument deduction; inline variables; template <auto>; guaranteed copy elision
template <typename A, typename B>
struct Two {
  A a;
  B b;
};
template <typename A, typename B>
Two(A, B) -> Two<A, B>;
inline constexpr int kInline = 8;
template <auto value>
__device__ int constant() {
  return static_cast<int>(value);
}
struct Fixed {
  int n;
  __device__ explicit Fixed(int v) : n(v) {}
  Fixed(const Fixed&) = delete;
};
__device__ Fixed made() { return Fixed(3); }
__device__ int bindings() {
  const auto [a, b] = Two{4, 2.5};
  const Fixed fixed = made();
  return a * 1000 + static_cast<int>(b * 10) + kInline + constant<'A'>() + fixed.n;
}

// covers: concepts; requires expressions; three-way comparison; designated initialisers; parenthesised aggregates
template <typename T>
concept Addable = requires(T a, T b) { a + b; };
template <Addable T>
__device__ int kind(T) {
  return 1;
}
template <typename T>
__device__ int kind(T*) {
  return 2;
}
struct Version {
  int major, minor;
  __host__ __device__ friend constexpr auto operator<=>(const Version&, const Version&) = default;
};
__device__ int compared() {
  const Version old{.major = 1, .minor = 9}, young(2, 0);
  return kind(1.5) * 100 + kind("text") * 10 + (old < young ? 1 : 0) + (old >= young ? 5 : 0);
}

// covers: consteval; classes as template arguments; [[no_unique_address]]; conditional explicit; std::is_constant_evaluated
__device__ consteval int cubed(int n) { return n * n * n; }
struct Point {
  int x, y;
};
template <Point p>
__device__ int product() {
  return p.x * p.y;
}
struct Empty {};
struct Tagged {
  [[no_unique_address]] Empty tag;
  int value;
};
struct Loose {
  int n;
  template <typename T>
  __device__ explicit(!std::is_same_v<T, int>) Loose(T v) : n(static_cast<int>(v)) {}
};
__device__ constexpr int when() { return std::is_constant_evaluated() ? 1 : 2; }
__device__ int cpp20() {
  static_assert(sizeof(Tagged) == sizeof(int) && !std::is_convertible_v<double, Loose>);
  const Loose loose = 5;
  constexpr int early = when();
  return cubed(2) * 1000 + product<Point{3, 4}>() * 10 + loose.n + early * 100 + when() * 200;
}

// covers: [[likely]] and [[unlikely]]; lambdas in unevaluated operands; char8_t; __VA_OPT__
#define FIRST_OF(first, ...) (first __VA_OPT__(+1))
using Stateless = decltype([](int n) { return n + 2; });
__device__ int hints(int n) {
  const char8_t letter = u8'x';
  int result = letter - u8'a';
  if (n > 0) [[likely]] {
    result += Stateless{}(n);
  } else [[unlikely]] {
    result = 0;
  }
  return result + FIRST_OF(100) + FIRST_OF(200, 7);
}

// covers: if consteval; explicit object parameters; subscript operators of several arguments; static call operators; auto(x)
struct Grid {
  int cells[6] = {1, 2, 3, 4, 5, 6};
  __device__ int operator[](int row, int column) const { return cells[3 * row + column]; }
  __device__ int first(this const Grid& self) { return self.cells[0]; }
};
struct Adder {
  __device__ static int operator()(int a, int b) { return a + b; }
};
__device__ constexpr int evaluated() {
  if consteval {
    return 1;
  } else {
    return 2;
  }
}
__device__ int cpp23(int n) {
  const Grid grid;
  constexpr int early = evaluated();
  return grid[1, 2] * 1000 + grid.first() * 100 + Adder{}(n, auto(n)) + early * 10 + evaluated() * 20;
}

// covers: [[assume]]; __builtin_assume; __builtin_expect; __builtin_unreachable; __builtin_assume_aligned
// covers: pragma unroll; pragma nounroll
__device__ int assumed(const int* p, int n) {
  [[assume(n > 0)]];
  __builtin_assume(n < 100);
  const int* aligned = static_cast<const int*>(__builtin_assume_aligned(p, 4));
  int total = 0;
#pragma unroll
  for (int i = 0; i < 4; ++i) total += aligned[i];
#pragma nounroll
  for (int i = 0; i < n; ++i) total += i;
  if (__builtin_expect(total < 0, 0)) __builtin_unreachable();
  return total;
}

// covers: function pointers in device code; recursion in device code; default arguments in device code; goto in device code
__device__ int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
__device__ int scaled(int n, int by = 3) { return n * by; }
__device__ int calls(int n) {
  int (*const choices[])(int) = {fibonacci, [](int m) { return scaled(m); }};
  int total = 0, i = 0;
again:
  total = 100 * total + choices[i](n);
  if (++i < 2) goto again;
  return total;
}

// covers: friend functions of classes in device code; static variables in device functions; alloca in device code
class Private {
  int n = 11;
  __device__ friend int look(const Private& p) { return p.n; }
};
__device__ int kept() {
  static int count = 4;
  count += 1;
  int* const space = static_cast<int*>(__builtin_alloca(8));
  space[0] = count;
  space[1] = look(Private());
  return space[0] * 100 + space[1];
}

// covers: new and delete in device code; malloc and free in device code
__device__ int heap() {
  int* const one = new int(6);
  int* const two = static_cast<int*>(malloc(8));
  two[1] = *one + 1;
  const int result = two[1] * 10 + *one;
  delete one;
  free(two);
  return result;
}

// covers: constexpr functions of the host in device code
constexpr int of_the_host(int n) { return n * n + 1; }

// covers: __host__ __device__ functions that depend on __CUDA_ARCH__
__host__ __device__ int side() {
#ifdef __CUDA_ARCH__
  return 1;
#else
  return 2;
#endif
}

// covers: __constant__ variables initialised by constant expressions; volatile shared memory; __restrict__
__constant__ int squares[3] = {1 * 1, 2 * 2, 3 * 3};
__device__ int memories(const int* __restrict__ p) {
  volatile __shared__ int cell;
  cell = squares[2];
  return cell * 10 + p[0];
}

__device__ int numbers[4] = {1, 2, 3, 4};

// covers: __launch_bounds__; __grid_constant__; static kernels and kernels in unnamed namespaces
namespace {
struct Arguments {
  int by;
};
__global__ void __launch_bounds__(32) features(int* out, const __grid_constant__ Arguments arguments) {
  int at = 0;
  const auto put = [&](int value) { out[at++] = value * arguments.by; };
  put(deduced(3));
  put(lambdas(2));
  put(captured());
  put(sum({1, 2, 3}));
  put(switched(Colour::red) + switched(Colour::blue));
  put(moved());
  put(folded(2, 3, 4) + abbreviated(3, 2.5));
  put(literals());
  put(named());
  put(Square().twice());
  put(packed(arguments.by * 9));
  put(deductions());
  put(bindings());
  put(compared());
  put(cpp20());
  put(hints(3));
  put(cpp23(4));
  put(assumed(numbers, 3));
  put(calls(7));
  put(kept());
  put(heap());
  put(of_the_host(6));
  put(side());
  put(memories(numbers));
  put(-1);
}
}  // namespace

// covers: variadic kernel templates; __device__ lambda; __host__ __device__ lambda
template <typename... F>
__global__ void apply(int* out, F... functions) {
  int at = 0;
  ((out[at++] = functions(at)), ...);
}

// covers: kernels called through pointers
template <typename... Parameters>
static void launch(void (*kernel)(Parameters...), Parameters... values) {
  kernel<<<1, 1>>>(values...);
}

int main() {
  int* out;
  cudaMallocManaged(&out, 64 * sizeof(int));
  launch(features, out, Arguments{1});
  cudaDeviceSynchronize();
  for (int i = 0; out[i] != -1; ++i) std::printf("%d\n", out[i]);
  const int base = 50;
  apply<<<1, 1>>>(out, [=] __device__(int n) { return base + n; }, [=] __host__ __device__(int n) { return base * 2 + n; });
  const cudaError_t error = cudaDeviceSynchronize();
  std::printf("%d %d %d %s\n", out[0] >= base, out[1] >= 2 * base, side(), cudaGetErrorString(error));
}
