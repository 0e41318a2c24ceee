// Reciprocals, roots, exponentials, logarithms, sine and cosine. The hardware approximates them (about 1 ulp for f32, 2^29 ulp for
// f64); here they are the nearest number or next to it, which its accuracy allows. Special values are those of AMD's documents.
#include "emulator/records/transcendental.hpp"

#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

CW_LANE f16 rounded_f16(f64 value) { return static_cast<f16>(to_odd(value)); }

// f32: denormal operands and results are zeros whatever the mode says.
CW_LANE f32 rcp(f32 a) { return flushed(1.0f / flushed(a)); }
CW_LANE f32 sqrt(f32 a) { return __builtin_elementwise_sqrt(flushed(a)); }
CW_LANE f32 rsq(f32 a) { return static_cast<f32>(1.0 / __builtin_elementwise_sqrt(static_cast<f64>(flushed(a)))); }

// Beyond these exponents f32 has only zero and infinity; NaN goes through.
CW_LANE f64 exp2_wide(f64 a) { return exp2_series(a > 200.0 ? 200.0 : a < -200.0 ? -200.0 : a != a ? 0.0 : a); }
CW_LANE f32 exp(f32 a) { return is_nan(a) ? quiet(a) : flushed(static_cast<f32>(exp2_wide(static_cast<f64>(a)))); }

// The logarithm of what is no positive number, or infinite.
template <typename T>
CW_LANE T log_special(T a) {
  const T of_number = is_zero(a) ? infinity<T>(true) : is_negative(a) ? no_number<T>() : a;
  return is_nan(a) ? quiet(a) : of_number;
}
template <typename T>
CW_LANE bool has_logarithm(T a) {
  return both(a > T(0), !is_infinite(a));
}
CW_LANE f32 log(f32 a) {
  a = flushed(a);
  return has_logarithm(a) ? static_cast<f32>(log2_series(static_cast<f64>(a))) : log_special(a);
}

CW_LANE f16 rcp(f16 a) { return rounded_f16(1.0 / static_cast<f64>(a)); }
CW_LANE f16 sqrt(f16 a) { return static_cast<f16>(__builtin_elementwise_sqrt(widened(a))); }
CW_LANE f16 rsq(f16 a) { return rounded_f16(1.0 / __builtin_elementwise_sqrt(static_cast<f64>(a))); }
CW_LANE f16 exp(f16 a) { return is_nan(a) ? quiet(a) : rounded_f16(exp2_wide(static_cast<f64>(a))); }
CW_LANE f16 log(f16 a) { return has_logarithm(a) ? rounded_f16(log2_series(static_cast<f64>(a))) : log_special(a); }

VALU(v_rcp_f32, f32, (f32 a)) { return rcp(a); }
VALU(v_sqrt_f32, f32, (f32 a)) { return sqrt(a); }
VALU(v_rsq_f32, f32, (f32 a)) { return rsq(a); }
VALU(v_exp_f32, f32, (f32 a)) { return exp(a); }
VALU(v_log_f32, f32, (f32 a)) { return log(a); }
ALIAS(v_rcp_iflag_f32, v_rcp_f32);
ALIAS(v_exp_legacy_f32, v_exp_f32);
ALIAS(v_log_legacy_f32, v_log_f32);

VALU(v_rcp_f16, f16, (f16 a)) { return rcp(a); }
VALU(v_sqrt_f16, f16, (f16 a)) { return sqrt(a); }
VALU(v_rsq_f16, f16, (f16 a)) { return rsq(a); }
VALU(v_exp_f16, f16, (f16 a)) { return exp(a); }
VALU(v_log_f16, f16, (f16 a)) { return log(a); }

VALU(v_rcp_f64, f64, (f64 a)) { return 1.0 / a; }
VALU(v_sqrt_f64, f64, (f64 a)) { return __builtin_elementwise_sqrt(a); }
VALU(v_rsq_f64, f64, (f64 a)) { return 1.0 / __builtin_elementwise_sqrt(a); }

// Angles are in full turns. gfx9 takes up to 256 of them; the sine of more is 0 and the cosine 1.
template <typename T>
CW_LANE bool out_of_range(T a, Mode mode) {
  return both(mode.isa < Isa::kGfx10, !both(a >= T(-256), a <= T(256)));
}
template <typename T>
CW_LANE f64 sine(T a, Mode mode) {
  const f64 sine = sine_and_cosine(__builtin_fabs(static_cast<f64>(a))).sine;
  return out_of_range(a, mode) ? 0.0 : __builtin_copysign(1.0, static_cast<f64>(a)) * sine;
}
template <typename T>
CW_LANE f64 cosine(T a, Mode mode) {
  return out_of_range(a, mode) ? 1.0 : sine_and_cosine(static_cast<f64>(a)).cosine;
}
template <typename T>
CW_LANE bool has_no_angle(T a) {
  return magnitude_bits(a) >= kInfinityBits<T>;
}
template <typename T>
CW_LANE T without_angle(T a) {
  return is_nan(a) ? quiet(a) : no_number<T>();
}
VALU(v_sin_f32, f32, (f32 a, Mode mode)) { return has_no_angle(a) ? without_angle(a) : static_cast<f32>(sine(a, mode)); }
VALU(v_cos_f32, f32, (f32 a, Mode mode)) { return has_no_angle(a) ? without_angle(a) : static_cast<f32>(cosine(a, mode)); }
VALU(v_sin_f16, f16, (f16 a, Mode mode)) { return has_no_angle(a) ? without_angle(a) : rounded_f16(sine(a, mode)); }
VALU(v_cos_f16, f16, (f16 a, Mode mode)) { return has_no_angle(a) ? without_angle(a) : rounded_f16(cosine(a, mode)); }

// gfx12 has them for one number in scalar registers too.
template <typename T, T F(T)>
const Instruction* scalar_function(Wave& w, const Instruction& i) {
  const Operand& o = i.source[0];
  T value = join<T>(static_cast<u32>(scalar_value(w, o, false)) >> (sizeof(T) == 2 && o.high ? 16 : 0), 0);
  value = with_sign(value, o.absolute, o.negate);
  if (flushes_operands<T>(w)) value = flushed(value);
  write_scalar(w, i.destination, Finish<T>(w, i)(F(value)));
  return after(i);
}
RECORD(v_s_rcp_f32, Type::kF32) { return scalar_function<f32, rcp>(w, i); }
RECORD(v_s_sqrt_f32, Type::kF32) { return scalar_function<f32, sqrt>(w, i); }
RECORD(v_s_rsq_f32, Type::kF32) { return scalar_function<f32, rsq>(w, i); }
RECORD(v_s_exp_f32, Type::kF32) { return scalar_function<f32, exp>(w, i); }
RECORD(v_s_log_f32, Type::kF32) { return scalar_function<f32, log>(w, i); }
RECORD(v_s_rcp_f16, Type::kF16) { return scalar_function<f16, rcp>(w, i); }
RECORD(v_s_sqrt_f16, Type::kF16) { return scalar_function<f16, sqrt>(w, i); }
RECORD(v_s_rsq_f16, Type::kF16) { return scalar_function<f16, rsq>(w, i); }
RECORD(v_s_exp_f16, Type::kF16) { return scalar_function<f16, exp>(w, i); }
RECORD(v_s_log_f16, Type::kF16) { return scalar_function<f16, log>(w, i); }

}  // namespace
}  // namespace cw::amd
