// 128-bit integer division and conversions, under the names of the compiler's run-time library.
#include <stdint.h>

namespace {

using u64 = uint64_t;
using i128 = __int128;
using u128 = unsigned __int128;

inline int leading_zeros(u128 x) {
  const u64 high = static_cast<u64>(x >> 64), low = static_cast<u64>(x);
  return high ? __builtin_clzll(high) : low ? 64 + __builtin_clzll(low) : 128;
}

struct Division {
  u128 quotient, remainder;
};

// Shift and subtract, from the first bit where the quotient can be set. Division by zero is undefined.
Division divide(u128 a, u128 b) {
  if (!(a >> 64) && !(b >> 64)) {
    const u64 x = static_cast<u64>(a), y = static_cast<u64>(b);
    return {x / y, x % y};
  }
  if (b > a) return {0, a};
  u128 quotient = 0;
  for (int shift = leading_zeros(b) - leading_zeros(a); shift >= 0; --shift) {
    if (a >= b << shift) {
      a -= b << shift;
      quotient |= static_cast<u128>(1) << shift;
    }
  }
  return {quotient, a};
}

inline u128 magnitude(i128 x) { return x < 0 ? -static_cast<u128>(x) : static_cast<u128>(x); }

// The value nearest to `x`, to even: 64 bits with the rest as a sticky bit round like the whole.
template <class Float>
Float to_float(u128 x) {
  const int shift = 64 - leading_zeros(x);
  if (shift <= 0) return static_cast<Float>(static_cast<u64>(x));
  const u64 top = static_cast<u64>(x >> shift) | ((x & ((static_cast<u128>(1) << shift) - 1)) != 0);
  const u64 scale_bits = static_cast<u64>(1023 + shift) << 52;
  return static_cast<Float>(static_cast<Float>(top) * static_cast<Float>(__builtin_bit_cast(double, scale_bits)));
}

template <class Float>
Float to_float_signed(i128 x) {
  return x < 0 ? -to_float<Float>(magnitude(x)) : to_float<Float>(static_cast<u128>(x));
}

// Truncation of |x|; out of range is undefined in C++.
u128 to_integer(double x) {
  const u64 bits = __builtin_bit_cast(u64, x) & ~(u64{1} << 63);
  const int exponent = static_cast<int>(bits >> 52) - 1075;
  const u64 mantissa = (bits & ((u64{1} << 52) - 1)) | u64{1} << 52;
  if (exponent <= -53) return 0;
  return exponent < 0 ? mantissa >> -exponent : static_cast<u128>(mantissa) << (exponent & 127);
}

i128 to_signed_integer(double x) {
  const i128 value = static_cast<i128>(to_integer(x));
  return x < 0 ? -value : value;
}

}  // namespace

extern "C" {
u128 __udivti3(u128 a, u128 b) { return divide(a, b).quotient; }
u128 __umodti3(u128 a, u128 b) { return divide(a, b).remainder; }
i128 __divti3(i128 a, i128 b) {
  const u128 quotient = divide(magnitude(a), magnitude(b)).quotient;
  return static_cast<i128>((a < 0) != (b < 0) ? -quotient : quotient);
}
i128 __modti3(i128 a, i128 b) {
  const u128 remainder = divide(magnitude(a), magnitude(b)).remainder;
  return static_cast<i128>(a < 0 ? -remainder : remainder);
}
float __floattisf(i128 x) { return to_float_signed<float>(x); }
double __floattidf(i128 x) { return to_float_signed<double>(x); }
float __floatuntisf(u128 x) { return to_float<float>(x); }
double __floatuntidf(u128 x) { return to_float<double>(x); }
i128 __fixsfti(float x) { return to_signed_integer(static_cast<double>(x)); }
i128 __fixdfti(double x) { return to_signed_integer(x); }
u128 __fixunssfti(float x) { return to_integer(static_cast<double>(x)); }
u128 __fixunsdfti(double x) { return to_integer(x); }
}
