// One f32 function over ranges of all bit patterns, judged by the f64 function. `sweep.py` puts SWEEP(name) lines below.
#include <stdint.h>

namespace {

constexpr int kBlock = 4096;
constexpr double kLargest = 0x1p128;

struct Found {
  float worst;
  uint32_t at;
  float absolute;
  uint32_t reserved;
};
struct Range {
  uint32_t first;
  uint32_t blocks;
  float skip_low, skip_high;  // arguments in between do not count; none if skip_low > skip_high
  float absolute_from;        // from this magnitude on only the absolute error counts
};

float from_bits(uint32_t bits) { return __builtin_bit_cast(float, bits); }
uint32_t to_bits(float x) { return __builtin_bit_cast(uint32_t, x); }

// 2^(23 - e) for |exact| in [2^e, 2^(e+1)): one over the unit in the last place of f32; e at least -126, at most 127.
double per_unit(double exact) {
  int64_t exponent = static_cast<int64_t>(__builtin_bit_cast(uint64_t, exact) >> 52 & 2047) - 1023;
  int64_t bounded = exponent < -126 ? -126 : exponent > 127 ? 127 : exponent;
  return __builtin_bit_cast(double, static_cast<uint64_t>(23 - bounded + 1023) << 52);
}

// |got - exact| in units of the last place. Infinity stands for 2^128; wrong NaN, and a wrong sign of a zero, are infinitely wrong.
float ulp_error(float got, double exact) {
  const double infinite = __builtin_inf();
  double value = got;
  double bounded = value > kLargest ? kLargest : value < -kLargest ? -kLargest : value;
  double difference = __builtin_fabs(bounded - exact) * per_unit(exact);
  bool both_overflow = bounded == value ? false : (value > 0 ? exact >= kLargest : exact <= -kLargest);
  double error = both_overflow ? 0.0 : difference;
  bool wrong_zero = exact == 0.0 && got == 0.0f && __builtin_signbit(got) != __builtin_signbit(exact);
  error = wrong_zero ? infinite : error;
  bool got_nan = got != got, exact_nan = exact != exact;
  error = got_nan != exact_nan ? infinite : got_nan ? 0.0 : error;
  return static_cast<float>(error);
}

template <float function(float), double reference(double)>
void sweep(const Range& range, Found* found) {
  static float got[kBlock], errors[kBlock];
  static double exact[kBlock];
  for (uint32_t block = 0; block < range.blocks; ++block) {
    uint32_t first = range.first + block * kBlock;
    for (uint32_t k = 0; k < kBlock; ++k) got[k] = function(from_bits(first + k));
    for (uint32_t k = 0; k < kBlock; ++k) exact[k] = reference(from_bits(first + k));
    uint32_t worst = 0, absolute = 0;
    for (uint32_t k = 0; k < kBlock; ++k) {
      float x = from_bits(first + k), difference = static_cast<float>(__builtin_fabs(got[k] - exact[k]));
      bool skipped = x >= range.skip_low && x <= range.skip_high, far = __builtin_fabsf(x) >= range.absolute_from;
      float error = ulp_error(got[k], exact[k]);
      errors[k] = skipped || far ? 0.0f : error;
      float counted = far && difference == difference ? difference : 0.0f;
      // Floats that are not negative compare like their bits.
      worst = to_bits(errors[k]) > worst ? to_bits(errors[k]) : worst;
      absolute = to_bits(counted) > absolute ? to_bits(counted) : absolute;
    }
    if (from_bits(absolute) > found->absolute) found->absolute = from_bits(absolute);
    if (from_bits(worst) <= found->worst) continue;
    found->worst = from_bits(worst);
    for (uint32_t k = 0; k < kBlock; ++k) found->at = to_bits(errors[k]) == worst ? first + k : found->at;
  }
}

}  // namespace

#define SWEEP(name)                                                        \
  extern "C" float name##_f32(float) __asm__("__cw.math." #name ".f32");   \
  extern "C" double name##_f64(double) __asm__("__cw.math." #name ".f64"); \
  extern "C" void sweep_##name(const Range* range, Found* found) { sweep<name##_f32, name##_f64>(*range, found); }
