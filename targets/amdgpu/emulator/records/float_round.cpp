// Rounding to integers, and the parts of a number: fraction, exponent, significand.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

VALU(v_trunc_f32, f32, (f32 a)) { return __builtin_truncf(a); }
VALU(v_ceil_f32, f32, (f32 a)) { return __builtin_ceilf(a); }
VALU(v_floor_f32, f32, (f32 a)) { return __builtin_floorf(a); }
VALU(v_rndne_f32, f32, (f32 a)) { return __builtin_roundevenf(a); }
VALU(v_trunc_f64, f64, (f64 a)) { return __builtin_trunc(a); }
VALU(v_ceil_f64, f64, (f64 a)) { return __builtin_ceil(a); }
VALU(v_floor_f64, f64, (f64 a)) { return __builtin_floor(a); }
VALU(v_rndne_f64, f64, (f64 a)) { return __builtin_roundeven(a); }
VALU(v_trunc_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_truncf(widened(a))); }
VALU(v_ceil_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_ceilf(widened(a))); }
VALU(v_floor_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_floorf(widened(a))); }
VALU(v_rndne_f16, f16, (f16 a)) { return static_cast<f16>(__builtin_roundevenf(widened(a))); }

// Always below 1: what rounds up to 1 becomes the largest number below. Infinities have no fraction: NaN.
VALU(v_fract_f32, f32, (f32 a)) {
  const f32 fraction = a - __builtin_floorf(a);
  return fraction >= 1.0f ? 0x1.fffffep-1f : fraction;
}
VALU(v_fract_f64, f64, (f64 a)) {
  const f64 fraction = a - __builtin_floor(a);
  return fraction >= 1.0 ? 0x1.fffffffffffffp-1 : fraction;
}
VALU(v_fract_f16, f16, (f16 a)) {
  const f16 fraction = static_cast<f16>(widened(a) - __builtin_floorf(widened(a)));
  return fraction >= f16(1) ? f16(0x1.ffcp-1) : fraction;
}

constexpr f32 kTwo32 = 0x1p32f;
constexpr f64 kTwo64 = 0x1p64;
CW_LANE bool has_exponent(auto a) { return magnitude_bits(a) < kInfinityBits<decltype(a)> && !is_zero(a); }

// A number with exponent -1: in [0.5, 1). Zeros, infinities and NaN stay what they are.
template <typename T>
CW_LANE T significand(T a, T normal) {
  constexpr BitsOf<T> kHalf = bits<BitsOf<T>>(T(0.5)), kKept = static_cast<BitsOf<T>>(~kInfinityBits<T>);
  return has_exponent(a) ? bits<T>(static_cast<BitsOf<T>>((bits<BitsOf<T>>(normal) & kKept) | kHalf)) : a;
}
VALU(v_frexp_mant_f32, f32, (f32 a)) { return significand(a, is_denormal(a) ? a * kTwo32 : a); }
VALU(v_frexp_mant_f64, f64, (f64 a)) { return significand(a, is_denormal(a) ? a * kTwo64 : a); }
VALU(v_frexp_mant_f16, f16, (f16 a)) { return static_cast<f16>(significand(widened(a), widened(a))); }

// The exponent that goes with that significand; 0 for zeros, infinities and NaN.
VALU(v_frexp_exp_i32_f32, i32, (f32 a)) {
  const int exponent = is_denormal(a) ? exponent_field(a * kTwo32) - 32 : exponent_field(a);
  return has_exponent(a) ? exponent - 126 : 0;
}
VALU(v_frexp_exp_i32_f64, i32, (f64 a)) {
  const int exponent = is_denormal(a) ? exponent_field(a * kTwo64) - 64 : exponent_field(a);
  return has_exponent(a) ? exponent - 1022 : 0;
}
VALU(v_frexp_exp_i16_f16, i16, (f16 a)) { return static_cast<i16>(has_exponent(a) ? exponent_field(widened(a)) - 126 : 0); }

CW_LANE f64 power_of_two(int exponent) { return bits<f64>(static_cast<u64>(exponent + 1023) << 52); }
CW_LANE int within(int value, int limit) { return value < -limit ? -limit : value > limit ? limit : value; }

// Times 2 to the n, rounded once: the product is exact in the wider type.
VALU(v_ldexp_f32, f32, (f32 a, i32 n)) { return static_cast<f32>(static_cast<f64>(a) * power_of_two(within(n, 400))); }
VALU(v_ldexp_f16, f16, (f16 a, i16 n)) { return static_cast<f16>(widened(a) * static_cast<f32>(power_of_two(within(n, 60)))); }
// f64 goes there in steps. Downwards a step keeps 53 bits in hand, so that only the last one can round a number that is not lost.
VALU(v_ldexp_f64, f64, (f64 a, i32 n)) {
  int left = within(n, 2200);
  for (int step = 0; step < 2; ++step) {
    const int part = left > 1023 ? 1023 : left < -1022 ? -969 : 0;
    a = a * power_of_two(part);
    left -= part;
  }
  return a * power_of_two(left);
}

}  // namespace
}  // namespace cw::amd
