// libcu++'s arithmetic: bits, numeric algorithms, complex numbers, time, characters, random engines.
#include <cuda/bit>
#include <cuda/cmath>
#include <cuda/numeric>
#include <cuda/std/bit>
#include <cuda/std/charconv>
#include <cuda/std/chrono>
#include <cuda/std/cmath>
#include <cuda/std/complex>
#include <cuda/std/limits>
#include <cuda/std/numbers>
#include <cuda/std/numeric>
#include <cuda/std/random>
#include <cuda/std/ratio>

#include "same.h"

namespace std_ = cuda::std;

template <class T>
__host__ __device__ void bits_of(Record& r, T x) {
  r.add(std_::popcount(x)), r.add(std_::countl_zero(x)), r.add(std_::countr_zero(x)), r.add(std_::countl_one(x));
  r.add(std_::countr_one(x)), r.add(std_::bit_width(x)), r.add(std_::bit_floor(x)), r.add(std_::has_single_bit(x));
  r.add(std_::rotl(x, 3)), r.add(std_::rotr(x, 5)), r.add(cuda::bit_reverse(x)), r.add(std_::byteswap(x));
}

__host__ __device__ void bits(Record& r) {
  for (unsigned long long x : {0ull, 1ull, ~0ull, 0x123456789abcdef0ull, 0x8000000000000000ull}) {
    bits_of(r, static_cast<unsigned char>(x >> 56)), bits_of(r, static_cast<unsigned>(x)), bits_of(r, x);
  }
  CHECK(r, std_::popcount(0xf0f0u) == 8 && std_::rotl(0x80000001u, 1) == 3 && std_::byteswap(0x12345678u) == 0x78563412u);
  CHECK(r, std_::bit_ceil(33u) == 64 && std_::bit_cast<unsigned>(1.0f) == 0x3f800000 && cuda::bit_reverse(1u) == 0x80000000u);
  CHECK(r, cuda::bitmask<unsigned>(4, 8) == 0xff0 && cuda::bitfield_extract(0xabcdu, 4, 8) == 0xbc);
  CHECK(r, cuda::bitfield_insert(0xffffu, 0u, 4, 8) == 0xf00f);
}

__host__ __device__ void numeric(Record& r) {
  int a[] = {3, 1, 4, 1, 5, 9, 2, 6}, b[8];
  CHECK(r, std_::accumulate(a, a + 8, 0) == 31 && std_::reduce(a, a + 8) == 31 && std_::inner_product(a, a + 8, a, 0) == 173);
  std_::exclusive_scan(a, a + 8, b, 10);
  for (int x : b) r.add(x);
  std_::partial_sum(a, a + 8, b);
  std_::adjacent_difference(b, b + 8, b);
  CHECK(r, b[0] == 3 && b[5] == 9 && std_::gcd(84, 36) == 12 && std_::lcm(4, 6) == 12 && std_::midpoint(-3, 4) == 0);
  std_::iota(b, b + 8, 5);
  CHECK(r, b[7] == 12);
  CHECK(r, cuda::ceil_div(7, 2) == 4 && cuda::round_up(7, 4) == 8 && cuda::round_down(7, 4) == 4);
  CHECK(r, cuda::ilog2(1000u) == 9 && cuda::ilog10(1000u) == 3 && cuda::isqrt(1000u) == 31 && cuda::is_power_of_two(64u));
  CHECK(r, cuda::add_overflow<int>(2147483647, 1).overflow && !cuda::mul_overflow<int>(1 << 15, 1 << 15).overflow);
  CHECK(r, std_::saturating_add(2147483647, 5) == 2147483647 && std_::saturating_sub(3u, 5u) == 0u &&
               std_::saturating_cast<signed char>(300) == 127);
  CHECK(r, cuda::uabs(-2147483647 - 1) == 2147483648u && cuda::mul_hi(1u << 31, 6u) == 3u);
  cuda::fast_mod_div<unsigned> by(7);
  for (unsigned x : {0u, 6u, 7u, 1000000007u, 4294967295u}) CHECK(r, x / by == x / 7 && x % by == x % 7);
}

__host__ __device__ void limits(Record& r) {
  CHECK(r, std_::numeric_limits<int>::max() == 2147483647 && std_::numeric_limits<float>::epsilon() == 0x1p-23f);
  r.add(std_::numeric_limits<double>::denorm_min()), r.add(std_::numeric_limits<float>::infinity());
  r.add(std_::numeric_limits<long long>::min()), r.add(std_::numbers::pi), r.add(std_::numbers::e_v<float>);
  CHECK(r, std_::isnan(std_::numeric_limits<float>::quiet_NaN()) && std_::signbit(-0.0) && std_::isinf(1e300 * 1e300));
  CHECK(r, std_::fmin(1.0, 2.0) == 1.0 && std_::lround(2.5) == 3 && std_::fma(2.0, 3.0, 4.0) == 10 && std_::hypot(3.0, 4.0) == 5);
  CHECK(r, std_::lerp(1.0, 3.0, 0.25) == 1.5 && std_::abs(-7ll) == 7 && std_::trunc(-2.5f) == -2.0f && std_::ldexp(1.5, 4) == 24);
  CHECK(r, std_::ratio_less<std_::ratio<1, 3>, std_::ratio<2, 5>>::value &&
               std_::ratio_add<std_::ratio<1, 6>, std_::ratio<1, 3>>::den == 2);
}

template <class T>
__host__ __device__ void complexes_of(Record& r) {
  std_::complex<T> a(3, -4), b(1, 2);
  auto product = a * b, quotient = a / std_::complex<T>(2, 0);
  r.add((a + b).real()), r.add((a - b).imag()), r.add(product.real()), r.add(product.imag()), r.add(quotient.real());
  CHECK(r, product == std_::complex<T>(11, 2) && quotient == std_::complex<T>(T(1.5), -2));
  CHECK(r, std_::norm(a) == 25 && std_::conj(a).imag() == 4 && std_::abs(a) == 5 && a * T(2) == std_::complex<T>(6, -8));
  auto turned = std_::polar(T(2), T(0));
  auto root = std_::sqrt(std_::complex<T>(-4, 0)), power = std_::exp(std_::complex<T>(0, 0));
  CHECK(r, turned == T(2) && root.real() == 0 && root.imag() == 2 && power == T(1) && std_::arg(std_::complex<T>(1, 0)) == 0);
  std_::complex<T> infinite(std_::numeric_limits<T>::infinity(), 1);
  CHECK(r, std_::isinf((infinite * b).real()) || std_::isinf((infinite * b).imag()));
}

__host__ __device__ void complexes(Record& r) { complexes_of<float>(r), complexes_of<double>(r); }

__host__ __device__ void times(Record& r) {
  using namespace cuda::std::chrono;
  auto t = hours(1) + minutes(30) + milliseconds(1500);
  r.add(t.count());
  CHECK(r, duration_cast<seconds>(t).count() == 5401 && floor<minutes>(t) == minutes(90) && round<seconds>(t).count() == 5402);
  year_month_day day = year(2024) / February / 29;
  CHECK(r, day.ok() && !(year(2023) / February / 29).ok() && weekday(sys_days(day)) == Thursday && (day + years(1)).ok() == false);
  r.add(sys_days(day).time_since_epoch().count());
  year_month_day later(sys_days(day) + days(400));
  r.add(static_cast<unsigned>(later.month())), r.add(static_cast<unsigned>(later.day())), r.add(static_cast<int>(later.year()));
  CHECK(r, hh_mm_ss<milliseconds>(t).minutes().count() == 30 &&
               time_point_cast<days>(sys_seconds(seconds(86401))).time_since_epoch().count() == 1);
}

__host__ __device__ void characters(Record& r) {
  char text[70];
  for (long long value : {0ll, 7ll, -1234567890123ll, -9223372036854775807ll - 1})
    for (int base : {2, 10, 16, 36}) {
      auto end = std_::to_chars(text, text + 70, value, base);
      long long again = 1;
      auto read = std_::from_chars(text, end.ptr, again, base);
      CHECK(r, end.ec == std_::errc() && read.ptr == end.ptr && again == value);
      r.add(static_cast<int>(end.ptr - text)), r.add(text[0]);
    }
  CHECK(r, std_::to_chars(text, text + 2, 1000).ec == std_::errc::value_too_large);
  int small = 1;
  const char* large = "3000000000";
  CHECK(r, std_::from_chars(large, large + 10, small).ec == std_::errc::result_out_of_range && small == 1);
}

__host__ __device__ void randoms(Record& r) {
  std_::minstd_rand engine(7);
  std_::philox4x32 counter(5);
  std_::uniform_int_distribution<int> dice(1, 6);
  std_::uniform_real_distribution<double> unit;
  for (int i = 0; i < 12; i++) r.add(engine()), r.add(counter()), r.add(dice(engine)), r.add(unit(counter));
  std_::minstd_rand last;
  last.discard(9999);
  CHECK(r, last() == 399268537);  // ISO C++ [rand.predef]
}

int main() {
  return same<bits>("bits") + same<numeric>("numeric") + same<limits>("limits") + same<complexes>("complex") +
         same<times>("chrono") + same<characters>("charconv") + same<randoms>("random");
}
