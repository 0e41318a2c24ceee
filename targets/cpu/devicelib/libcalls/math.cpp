// C library functions that LLVM calls where the processor has no instruction, or one too many: rounding without SSE4.1, `fma`
// without FMA, scaling, maxima.
#include <stdint.h>

namespace {

using i64 = int64_t;
using u64 = uint64_t;
using u128 = unsigned __int128;

template <class Float>
struct Format;
template <>
struct Format<float> {
  using Bits = uint32_t;
  static constexpr int kMantissa = 23, kBias = 127;
};
template <>
struct Format<double> {
  using Bits = u64;
  static constexpr int kMantissa = 52, kBias = 1023;
};

template <class Float>
inline typename Format<Float>::Bits bits(Float x) {
  return __builtin_bit_cast(typename Format<Float>::Bits, x);
}

template <class Float>
inline Float with_sign(Float magnitude, Float sign) {
  constexpr typename Format<Float>::Bits top = typename Format<Float>::Bits{1} << (8 * sizeof(Float) - 1);
  return __builtin_bit_cast(Float, static_cast<typename Format<Float>::Bits>((bits(magnitude) & ~top) | (bits(sign) & top)));
}

// Towards zero; keeps the sign of zero, and NaN and infinities.
template <class Float>
Float truncate(Float x) {
  using Bits = typename Format<Float>::Bits;
  constexpr int mantissa = Format<Float>::kMantissa;
  const int exponent = static_cast<int>(bits(x) >> mantissa & (2 * Format<Float>::kBias + 1)) - Format<Float>::kBias;
  if (exponent >= mantissa) return x != x ? x + x : x;
  if (exponent < 0) return with_sign(Float{0}, x);
  return __builtin_bit_cast(Float, static_cast<Bits>(bits(x) & ~((Bits{1} << (mantissa - exponent)) - 1)));
}

template <class Float>
Float floor_of(Float x) {
  const Float whole = truncate(x);
  return whole > x ? with_sign(whole - 1, x) : whole;
}

template <class Float>
Float ceil_of(Float x) {
  const Float whole = truncate(x);
  return whole < x ? with_sign(whole + 1, x) : whole;
}

template <class Float>
Float round_away(Float x) {
  const Float whole = truncate(x), rest = x - whole;
  return rest >= Float(0.5) ? whole + 1 : rest <= Float(-0.5) ? whole - 1 : whole;
}

template <class Float>
Float round_even(Float x) {
  const Float whole = truncate(x), rest = with_sign(x - whole, Float{1});
  const bool odd = truncate(whole / 2) * 2 != whole;
  const bool up = rest > Float(0.5) || (rest == Float(0.5) && odd);
  return up ? whole + with_sign(Float{1}, x) : whole;
}

struct Parts {
  u64 mantissa;
  int exponent;  // value = mantissa * 2^exponent
};

Parts split(double x) {
  const u64 absolute = bits(x) & ~(u64{1} << 63), fraction = absolute & ((u64{1} << 52) - 1);
  const int exponent = static_cast<int>(absolute >> 52);
  return exponent ? Parts{fraction | u64{1} << 52, exponent - 1075} : Parts{fraction, -1074};
}

inline int length(u128 x) {
  const u64 high = static_cast<u64>(x >> 64);
  return high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll(static_cast<u64>(x) | 1);
}

// x * 2^shift; what falls off below stays visible in the lowest bit.
inline u128 shifted(u128 x, int shift) {
  if (shift >= 0) return x << shift;
  if (shift <= -128) return x != 0;
  const u128 kept = x >> -shift;
  return kept | (kept << -shift != x);
}

// The double nearest to total * 2^exponent, to even.
double compose(u128 total, int exponent, bool negative) {
  const int top = length(total);
  const u64 word = static_cast<u64>(shifted(total, 64 - top));
  const int scale = exponent + top - 64;
  int drop = scale + 63 >= -1022 ? 11 : 11 + (-1022 - (scale + 63));
  const u64 sign = static_cast<u64>(negative) << 63;
  if (drop > 64) return __builtin_bit_cast(double, sign);
  const u64 kept = drop == 64 ? 0 : word >> drop;
  const u64 half = u64{1} << (drop - 1), rest = drop == 64 ? word : word & ((u64{1} << drop) - 1);
  const u64 rounded = kept + (rest > half || (rest == half && (kept & 1)));
  const int biased = scale + drop + 1075;  // 1 for subnormal results
  if (biased >= 2047) return __builtin_bit_cast(double, sign | u64{0x7FF} << 52);
  const u64 encoded = (static_cast<u64>(biased - 1) << 52) + rounded;
  return __builtin_bit_cast(double, sign | encoded);
}

double fused(double a, double b, double c) {
  const u64 exponent_mask = u64{0x7FF} << 52;
  const auto special = [&](double x) { return (bits(x) & exponent_mask) == exponent_mask; };
  if (special(a) || special(b) || special(c) || a == 0 || b == 0 || c == 0) return a * b + c;
  const Parts x = split(a), y = split(b), z = split(c);
  const u128 product = static_cast<u128>(x.mantissa) * y.mantissa;
  const int exponent = x.exponent + y.exponent;
  const int top_product = length(product) + exponent, top_c = length(z.mantissa) + z.exponent;
  const int unit = (top_product > top_c ? top_product : top_c) - 125;
  const u128 p = shifted(product, exponent - unit), q = shifted(z.mantissa, z.exponent - unit);
  const bool p_negative = (bits(a) ^ bits(b)) >> 63, q_negative = bits(c) >> 63;
  if (p_negative == q_negative) return compose(p + q, unit, p_negative);
  if (p == q) return 0.0;
  return p > q ? compose(p - q, unit, p_negative) : compose(q - p, unit, q_negative);
}

// A product of floats is exact in double; the sum is rounded to odd, so that the second rounding is the only one.
float fused(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b), wide = static_cast<double>(c);
  const double sum = product + wide;
  const double back = sum - product, error = (product - (sum - back)) + (wide - back);
  u64 encoded = bits(sum);
  if (error != 0 && error == error && !(encoded & 1) && (encoded & u64{0x7FF} << 52) != u64{0x7FF} << 52) {
    encoded += (error > 0) == (sum > 0) ? 1 : -1;
  }
  return static_cast<float>(__builtin_bit_cast(double, encoded));
}

double scale(double x, int by) {
  if (x == 0 || x != x) return x;
  const Parts parts = split(x);
  if (parts.exponent == 972 || !parts.mantissa) return x;  // infinity
  const int limited = by > 5000 ? 5000 : by < -5000 ? -5000 : by;
  return compose(parts.mantissa, parts.exponent + limited, bits(x) >> 63);
}

// A NaN argument gives the other one.
template <class Float>
Float larger(Float a, Float b) {
  return a != a || a < b ? b : a;
}

template <class Float>
Float smaller(Float a, Float b) {
  return a != a || b < a ? b : a;
}

}  // namespace

extern "C" {
// Instead of a few instructions where LLVM takes code to be cold.
float fmaxf(float a, float b) { return larger(a, b); }
double fmax(double a, double b) { return larger(a, b); }
float fminf(float a, float b) { return smaller(a, b); }
double fmin(double a, double b) { return smaller(a, b); }

float truncf(float x) { return truncate(x); }
double trunc(double x) { return truncate(x); }
float floorf(float x) { return floor_of(x); }
double floor(double x) { return floor_of(x); }
float ceilf(float x) { return ceil_of(x); }
double ceil(double x) { return ceil_of(x); }
float roundf(float x) { return round_away(x); }
double round(double x) { return round_away(x); }
float roundevenf(float x) { return round_even(x); }
double roundeven(double x) { return round_even(x); }
// Device code always rounds to nearest even.
float rintf(float x) { return round_even(x); }
double rint(double x) { return round_even(x); }
float nearbyintf(float x) { return round_even(x); }
double nearbyint(double x) { return round_even(x); }
float fmaf(float a, float b, float c) { return fused(a, b, c); }
double fma(double a, double b, double c) { return fused(a, b, c); }
double ldexp(double x, int by) { return scale(x, by); }
float ldexpf(float x, int by) {
  // Far from float's range nothing is rounded twice: the double is exact, or rounds to zero or infinity.
  const int limited = by > 400 ? 400 : by < -400 ? -400 : by;
  return static_cast<float>(scale(static_cast<double>(x), limited));
}
double frexp(double x, int* exponent) {
  *exponent = 0;
  if (x == 0 || x - x != 0) return x;
  const Parts parts = split(x);
  *exponent = parts.exponent + length(parts.mantissa);
  return compose(parts.mantissa, -length(parts.mantissa), bits(x) >> 63);
}
float frexpf(float x, int* exponent) { return static_cast<float>(frexp(static_cast<double>(x), exponent)); }
}
