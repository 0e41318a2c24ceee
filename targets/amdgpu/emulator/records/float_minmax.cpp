// Minimum, maximum and median.
#include "emulator/records/float_minmax.hpp"

#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

// `least` is the minimum of all three: the result where one of them is NaN.
template <typename T>
[[gnu::always_inline]] inline T median(T a, T b, T c, T least) {
  const T middle = larger(smaller(a, b), smaller(larger(a, b), c));
  return either(is_nan(a), either(is_nan(b), is_nan(c))) ? least : middle;
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
VALU(v_med3_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return median(a, b, c, min_of(min_of(a, b, mode), c, mode)); }
VALU(v_minmax_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return max_of(min_of(a, b, mode), c, mode); }
VALU(v_maxmin_f32, f32, (f32 a, f32 b, f32 c, Mode mode)) { return min_of(max_of(a, b, mode), c, mode); }
VALU(v_min3_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {min_of(min_of(a, b, mode), c, mode)}; }
VALU(v_max3_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {max_of(max_of(a, b, mode), c, mode)}; }
VALU(v_med3_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {median(a, b, c, min_of(min_of(a, b, mode), c, mode))}; }
VALU(v_minmax_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {max_of(min_of(a, b, mode), c, mode)}; }
VALU(v_maxmin_f16, Keep<f16>, (f16 a, f16 b, f16 c, Mode mode)) { return {min_of(max_of(a, b, mode), c, mode)}; }

VALU(v_min3_num_f32, f32, (f32 a, f32 b, f32 c)) { return min_num(min_num(a, b), c); }
VALU(v_max3_num_f32, f32, (f32 a, f32 b, f32 c)) { return max_num(max_num(a, b), c); }
VALU(v_med3_num_f32, f32, (f32 a, f32 b, f32 c)) { return median(a, b, c, min_num(min_num(a, b), c)); }
VALU(v_minmax_num_f32, f32, (f32 a, f32 b, f32 c)) { return max_num(min_num(a, b), c); }
VALU(v_maxmin_num_f32, f32, (f32 a, f32 b, f32 c)) { return min_num(max_num(a, b), c); }
VALU(v_minimum3_f32, f32, (f32 a, f32 b, f32 c)) { return minimum(minimum(a, b), c); }
VALU(v_maximum3_f32, f32, (f32 a, f32 b, f32 c)) { return maximum(maximum(a, b), c); }
VALU(v_minimummaximum_f32, f32, (f32 a, f32 b, f32 c)) { return maximum(minimum(a, b), c); }
VALU(v_maximumminimum_f32, f32, (f32 a, f32 b, f32 c)) { return minimum(maximum(a, b), c); }
VALU(v_min3_num_f16, f16, (f16 a, f16 b, f16 c)) { return min_num(min_num(a, b), c); }
VALU(v_max3_num_f16, f16, (f16 a, f16 b, f16 c)) { return max_num(max_num(a, b), c); }
VALU(v_med3_num_f16, f16, (f16 a, f16 b, f16 c)) { return median(a, b, c, min_num(min_num(a, b), c)); }
VALU(v_minmax_num_f16, f16, (f16 a, f16 b, f16 c)) { return max_num(min_num(a, b), c); }
VALU(v_maxmin_num_f16, f16, (f16 a, f16 b, f16 c)) { return min_num(max_num(a, b), c); }
VALU(v_minimum3_f16, f16, (f16 a, f16 b, f16 c)) { return minimum(minimum(a, b), c); }
VALU(v_maximum3_f16, f16, (f16 a, f16 b, f16 c)) { return maximum(maximum(a, b), c); }
VALU(v_minimummaximum_f16, f16, (f16 a, f16 b, f16 c)) { return maximum(minimum(a, b), c); }
VALU(v_maximumminimum_f16, f16, (f16 a, f16 b, f16 c)) { return minimum(maximum(a, b), c); }

}  // namespace
}  // namespace cw::amd
