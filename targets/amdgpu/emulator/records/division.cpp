// The steps of division: operands scaled into a safe range, the quotient scaled back, special cases put right. A reciprocal and
// fused multiplications in between give the correctly rounded quotient.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

template <typename T>
struct Steps;
template <>
struct Steps<f32> {
  static constexpr int kFarApart = 96, kTinyNumerator = 23, kUnderflow = -150;
};
template <>
struct Steps<f64> {
  static constexpr int kFarApart = 768, kTinyNumerator = 53, kUnderflow = -1075;
};

template <typename T>
constexpr T kUp = sizeof(T) == 8 ? T(0x1p128) : T(0x1p64f);
template <typename T>
constexpr T kDown = sizeof(T) == 8 ? T(0x1p-128) : T(0x1p-64f);

// `a` is the operand to scale: the denominator or the numerator. The bit says that the quotient is to be scaled as well.
template <typename T>
CW_LANE Carried<T> scaled(T a, T denominator, T numerator) {
  using S = Steps<T>;
  const bool is_denominator = bits<BitsOf<T>>(a) == bits<BitsOf<T>>(denominator);
  const bool is_numerator = bits<BitsOf<T>>(a) == bits<BitsOf<T>>(numerator);
  const bool small_reciprocal = is_denormal(T(1) / denominator);
  const bool small_quotient = is_denormal(numerator / denominator);
  if (is_zero(numerator) || is_zero(denominator)) return {no_number<T>(), false};
  if (exponent_field(numerator) - exponent_field(denominator) >= S::kFarApart) return {is_denominator ? a * kUp<T> : a, true};
  if (is_denormal(denominator)) return {a * kUp<T>, false};
  if (small_reciprocal && small_quotient) return {is_denominator ? a * kDown<T> : a, true};
  if (small_reciprocal) return {a * kDown<T>, false};
  if (small_quotient) return {is_numerator ? a * kUp<T> : a, true};
  if (exponent_field(numerator) <= S::kTinyNumerator) return {a * kUp<T>, false};
  return {a, false};
}
VALU(v_div_scale_f32, Carried<f32>, (f32 a, f32 denominator, f32 numerator)) { return scaled(a, denominator, numerator); }
VALU(v_div_scale_f64, Carried<f64>, (f64 a, f64 denominator, f64 numerator)) { return scaled(a, denominator, numerator); }

// What a fused multiplication and addition lost (Boldo and Muller): its sign is right.
template <typename T>
CW_LANE T lost_by_fma(T a, T b, T c, T result) {
  const T high = a * b, low = __builtin_elementwise_fma(a, b, -high);
  const T first = c + low, part = first - c, first_error = (c - (first - part)) + (low - part);
  const T second = high + first, rest = second - high, second_error = (high - (second - rest)) + (first - rest);
  return ((second - result) + second_error) + first_error;
}

// Rounded to a denormal from a number that has itself been rounded, losing `error`: that decides where the number is halfway.
template <typename T>
CW_LANE T scaled_down(T quotient, T error) {
  const T nearest = quotient * kDown<T>;
  const T missing = quotient - nearest * kUp<T>;
  const T half = bits<T>(BitsOf<T>{1}) * (T(0.5) * kUp<T>);
  const bool same_side = either(both(error > T(0), missing > T(0)), both(error < T(0), missing < T(0)));
  const bool next = both(same_side, __builtin_elementwise_abs(missing) == half);
  const BitsOf<T> step = is_negative(missing) == is_negative(quotient) ? BitsOf<T>{1} : ~BitsOf<T>{0};
  return bits<T>(static_cast<BitsOf<T>>(bits<BitsOf<T>>(nearest) + (next ? step : 0)));
}

// The quotient was made small where the result is large, and the other way round: its exponent says which. Rounds once.
template <typename T>
CW_LANE T fused_and_scaled(T a, T b, T c, bool scale) {
  constexpr int kBias = sizeof(T) == 8 ? 1023 : 127;
  const T quotient = fused(a, b, c);
  const T scaled = exponent_field(c) > kBias ? quotient * kUp<T> : scaled_down(quotient, lost_by_fma(a, b, c, quotient));
  return scale ? scaled : quotient;
}
VALU(v_div_fmas_f32, f32, (f32 a, f32 b, f32 c, Vcc scale)) { return fused_and_scaled(a, b, c, scale.bit); }
VALU(v_div_fmas_f64, f64, (f64 a, f64 b, f64 c, Vcc scale)) { return fused_and_scaled(a, b, c, scale.bit); }

// Exponents so far apart that not even half of the smallest denormal is left. f16 does not ask.
template <typename T>
CW_LANE bool is_lost(T denominator, T numerator) {
  if constexpr (sizeof(T) == 2)
    return false;
  else
    return exponent_field(numerator) - exponent_field(denominator) < Steps<T>::kUnderflow;
}
template <typename T>
CW_LANE T fixed_up(T quotient, T denominator, T numerator) {
  const bool negative = is_negative(denominator) != is_negative(numerator);
  if (is_nan(numerator)) return quiet(numerator);
  if (is_nan(denominator)) return quiet(denominator);
  if (is_zero(denominator) && is_zero(numerator)) return no_number<T>();
  if (is_infinite(denominator) && is_infinite(numerator)) return no_number<T>();
  if (is_zero(denominator) || is_infinite(numerator)) return infinity<T>(negative);
  if (is_infinite(denominator) || is_zero(numerator)) return signed_bits<T>(0, negative);
  if (is_lost(denominator, numerator)) return signed_bits<T>(0, negative);
  // A quotient beyond the range overflows in the steps before, and infinity minus infinity arrives here.
  return is_nan(quotient) ? infinity<T>(negative) : signed_bits<T>(magnitude_bits(quotient), negative);
}
VALU(v_div_fixup_f32, f32, (f32 a, f32 denominator, f32 numerator)) { return fixed_up(a, denominator, numerator); }
VALU(v_div_fixup_f64, f64, (f64 a, f64 denominator, f64 numerator)) { return fixed_up(a, denominator, numerator); }
VALU(v_div_fixup_f16, Keep<f16>, (f16 a, f16 denominator, f16 numerator)) { return {fixed_up(a, denominator, numerator)}; }
VALU(v_div_fixup_legacy_f16, f16, (f16 a, f16 denominator, f16 numerator)) { return fixed_up(a, denominator, numerator); }

}  // namespace
}  // namespace cw::amd
