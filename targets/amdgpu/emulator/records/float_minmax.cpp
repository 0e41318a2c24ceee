// Minimum, maximum and median. -0 is less than +0 on every architecture; what becomes of NaN differs.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

template <typename T>
[[gnu::always_inline]] inline T smaller(T a, T b) {
  return a < b || (a == b && is_negative(a)) ? a : b;
}
template <typename T>
[[gnu::always_inline]] inline T larger(T a, T b) {
  return a > b || (a == b && !is_negative(a)) ? a : b;
}

// Up to gfx11. A NaN gives way to a number; in IEEE mode a signaling one is the result, quiet.
template <typename T>
[[gnu::always_inline]] inline T or_number(T a, T b, T result, bool ieee) {
  result = is_nan(b) ? a : result;
  result = is_nan(a) ? b : result;
  result = ieee && is_signaling(b) ? quiet(b) : result;
  return ieee && is_signaling(a) ? quiet(a) : result;
}
template <typename T>
[[gnu::always_inline]] inline T min_of(T a, T b, Mode mode) {
  return or_number(a, b, smaller(a, b), mode.ieee);
}
template <typename T>
[[gnu::always_inline]] inline T max_of(T a, T b, Mode mode) {
  return or_number(a, b, larger(a, b), mode.ieee);
}

// minimumNumber and maximumNumber of IEEE 754-2019: a NaN, signaling or not, gives way to a number.
template <typename T>
[[gnu::always_inline]] inline T number_of(T a, T b, T result) {
  result = is_nan(b) ? a : result;
  return is_nan(a) ? (is_nan(b) ? quiet(a) : b) : result;
}
template <typename T>
[[gnu::always_inline]] inline T min_num(T a, T b) {
  return number_of(a, b, smaller(a, b));
}
template <typename T>
[[gnu::always_inline]] inline T max_num(T a, T b) {
  return number_of(a, b, larger(a, b));
}

// minimum and maximum of IEEE 754-2019: NaN wins, a signaling one before a quiet one.
template <typename T>
[[gnu::always_inline]] inline T nan_of(T a, T b, T result) {
  result = is_nan(b) ? quiet(b) : result;
  result = is_nan(a) ? quiet(a) : result;
  return is_signaling(b) && !is_signaling(a) ? quiet(b) : result;
}
template <typename T>
[[gnu::always_inline]] inline T minimum(T a, T b) {
  return nan_of(a, b, smaller(a, b));
}
template <typename T>
[[gnu::always_inline]] inline T maximum(T a, T b) {
  return nan_of(a, b, larger(a, b));
}

template <typename T>
[[gnu::always_inline]] inline T median(T a, T b, T c, Mode mode) {
  if (is_nan(a) || is_nan(b) || is_nan(c)) return min_of(min_of(a, b, mode), c, mode);
  const T most = max_of(max_of(a, b, mode), c, mode);
  return most == a ? max_of(b, c, mode) : most == b ? max_of(a, c, mode) : max_of(a, b, mode);
}
template <typename T>
[[gnu::always_inline]] inline T median_num(T a, T b, T c) {
  if (is_nan(a) || is_nan(b) || is_nan(c)) return min_num(min_num(a, b), c);
  const T most = max_num(max_num(a, b), c);
  return most == a ? max_num(b, c) : most == b ? max_num(a, c) : max_num(a, b);
}

VALU(v_min_f32, f32, (f32 a, f32 b, Mode mode)) { return min_of(a, b, mode); }
VALU(v_max_f32, f32, (f32 a, f32 b, Mode mode)) { return max_of(a, b, mode); }
VALU(v_min_f64, f64, (f64 a, f64 b, Mode mode)) { return min_of(a, b, mode); }
VALU(v_max_f64, f64, (f64 a, f64 b, Mode mode)) { return max_of(a, b, mode); }
VALU(v_min_f16, f16, (f16 a, f16 b, Mode mode)) { return min_of(a, b, mode); }
VALU(v_max_f16, f16, (f16 a, f16 b, Mode mode)) { return max_of(a, b, mode); }
VALU(v_min_num_f32, f32, (f32 a, f32 b)) { return min_num(a, b); }
VALU(v_max_num_f32, f32, (f32 a, f32 b)) { return max_num(a, b); }
VALU(v_min_num_f64, f64, (f64 a, f64 b)) { return min_num(a, b); }
VALU(v_max_num_f64, f64, (f64 a, f64 b)) { return max_num(a, b); }
VALU(v_min_num_f16, f16, (f16 a, f16 b)) { return min_num(a, b); }
VALU(v_max_num_f16, f16, (f16 a, f16 b)) { return max_num(a, b); }
VALU(v_minimum_f32, f32, (f32 a, f32 b)) { return minimum(a, b); }
VALU(v_maximum_f32, f32, (f32 a, f32 b)) { return maximum(a, b); }
VALU(v_minimum_f64, f64, (f64 a, f64 b)) { return minimum(a, b); }
VALU(v_maximum_f64, f64, (f64 a, f64 b)) { return maximum(a, b); }
VALU(v_minimum_f16, f16, (f16 a, f16 b)) { return minimum(a, b); }
VALU(v_maximum_f16, f16, (f16 a, f16 b)) { return maximum(a, b); }
ALIAS(v_dual_min_f32, v_min_f32);
ALIAS(v_dual_max_f32, v_max_f32);
ALIAS(v_dual_min_num_f32, v_min_num_f32);
ALIAS(v_dual_max_num_f32, v_max_num_f32);

VALU(v_min3_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return min_of(min_of(a, b, mode), c, mode); }
VALU(v_max3_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return max_of(max_of(a, b, mode), c, mode); }
VALU(v_med3_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return median(a, b, c, mode); }
VALU(v_minmax_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return max_of(min_of(a, b, mode), c, mode); }
VALU(v_maxmin_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return min_of(max_of(a, b, mode), c, mode); }
VALU(v_min3_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {min_of(min_of(a, b, mode), c, mode)}; }
VALU(v_max3_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {max_of(max_of(a, b, mode), c, mode)}; }
VALU(v_med3_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {median(a, b, c, mode)}; }
VALU(v_minmax_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {max_of(min_of(a, b, mode), c, mode)}; }
VALU(v_maxmin_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {min_of(max_of(a, b, mode), c, mode)}; }

VALU(v_min3_num_f32, f32, (f32 a, f32 b, f32 c)) { return min_num(min_num(a, b), c); }
VALU(v_max3_num_f32, f32, (f32 a, f32 b, f32 c)) { return max_num(max_num(a, b), c); }
VALU(v_med3_num_f32, f32, (f32 a, f32 b, f32 c)) { return median_num(a, b, c); }
VALU(v_minmax_num_f32, f32, (f32 a, f32 b, f32 c)) { return max_num(min_num(a, b), c); }
VALU(v_maxmin_num_f32, f32, (f32 a, f32 b, f32 c)) { return min_num(max_num(a, b), c); }
VALU(v_minimum3_f32, f32, (f32 a, f32 b, f32 c)) { return minimum(minimum(a, b), c); }
VALU(v_maximum3_f32, f32, (f32 a, f32 b, f32 c)) { return maximum(maximum(a, b), c); }
VALU(v_minimummaximum_f32, f32, (f32 a, f32 b, f32 c)) { return maximum(minimum(a, b), c); }
VALU(v_maximumminimum_f32, f32, (f32 a, f32 b, f32 c)) { return minimum(maximum(a, b), c); }
VALU(v_min3_num_f16, f16, (f16 a, f16 b, f16 c)) { return min_num(min_num(a, b), c); }
VALU(v_max3_num_f16, f16, (f16 a, f16 b, f16 c)) { return max_num(max_num(a, b), c); }
VALU(v_med3_num_f16, f16, (f16 a, f16 b, f16 c)) { return median_num(a, b, c); }
VALU(v_minmax_num_f16, f16, (f16 a, f16 b, f16 c)) { return max_num(min_num(a, b), c); }
VALU(v_maxmin_num_f16, f16, (f16 a, f16 b, f16 c)) { return min_num(max_num(a, b), c); }
VALU(v_minimum3_f16, f16, (f16 a, f16 b, f16 c)) { return minimum(minimum(a, b), c); }
VALU(v_maximum3_f16, f16, (f16 a, f16 b, f16 c)) { return maximum(maximum(a, b), c); }
VALU(v_minimummaximum_f16, f16, (f16 a, f16 b, f16 c)) { return maximum(minimum(a, b), c); }
VALU(v_maximumminimum_f16, f16, (f16 a, f16 b, f16 c)) { return minimum(maximum(a, b), c); }

}  // namespace
}  // namespace cw::amd
