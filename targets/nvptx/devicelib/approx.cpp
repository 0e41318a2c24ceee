// CUDA's `__sinf` family on PTX's approximate instructions. Accuracy: CUDA Programming Guide, "Intrinsic Functions".
#include "define.h"

// LLVM replaces it by a number: whether the module flushes subnormal numbers (`-ftz`).
// Not by clang's builtin of this name, which is declared as one that does not return.
extern "C" unsigned cw_reflect(const char*) __asm__("__nvvm_reflect");

namespace {

constexpr float kLog2E = 0x1.715476p+0f, kLog2Of10 = 0x1.a934f0p+1f, kLn2 = 0x1.62e430p-1f, kLog10Of2 = 0x1.344136p-2f;

CW_INLINE bool flushes() { return cw_reflect("__CUDA_FTZ") != 0; }
CW_INLINE float sine(float x) { return flushes() ? __nvvm_sin_approx_ftz_f(x) : __nvvm_sin_approx_f(x); }
CW_INLINE float cosine(float x) { return flushes() ? __nvvm_cos_approx_ftz_f(x) : __nvvm_cos_approx_f(x); }
CW_INLINE float power_of_two(float x) { return flushes() ? __nvvm_ex2_approx_ftz_f(x) : __nvvm_ex2_approx_f(x); }
CW_INLINE float logarithm(float x) { return flushes() ? __nvvm_lg2_approx_ftz_f(x) : __nvvm_lg2_approx_f(x); }
CW_INLINE float quotient(float a, float b) { return flushes() ? __nvvm_div_approx_ftz_f(a, b) : __nvvm_div_approx_f(a, b); }

CW_INLINE float tangent_hyperbolic(float x) {
  // 1 - 2 / (exp(2|x|) + 1); near zero, where that cancels, the series.
  float a = __builtin_fabsf(x);
  float wide = 1.0f - 2.0f * __nvvm_rcp_approx_ftz_f(__nvvm_ex2_approx_ftz_f(a * (2.0f * kLog2E)) + 1.0f);
  float square = x * x;
  float near = x - x * square * (0x1.555556p-2f - square * 0x1.111112p-3f);
  return a < 0.125f ? near : __builtin_copysignf(wide, x);
}

}  // namespace

#define CW_FAST(function, expression) \
  CW_DEFINE("__cw.math." #function ".fast.f32", float, fast_##function, (float x)) { return expression; }
CW_FAST(sin, sine(x))
CW_FAST(cos, cosine(x))
CW_FAST(tan, quotient(sine(x), cosine(x)))
CW_FAST(exp, power_of_two(x* kLog2E))
CW_FAST(exp10, power_of_two(x* kLog2Of10))
CW_FAST(log, logarithm(x) * kLn2)
CW_FAST(log2, logarithm(x))
CW_FAST(log10, logarithm(x) * kLog10Of2)
CW_FAST(tanh, tangent_hyperbolic(x))
CW_DEFINE("__cw.math.pow.fast.f32", float, fast_pow, (float x, float y)) { return power_of_two(y * logarithm(x)); }
CW_DEFINE("__cw.math.div.fast.f32", float, fast_div, (float a, float b)) { return quotient(a, b); }
