// The hardware's approximations behind PTX's `.approx` operations and CUDA's `__sinf` family.
//
// Accuracy: PTX ISA for `__nvvm.*.approx.*`, the CUDA Programming Guide's "Intrinsic Functions" for `__cw.math.*.fast.*`.
// AMD's transcendental instructions have about 1 ulp but flush subnormal numbers: forms without `.ftz` scale them.
#include "wave.h"

// LLVM lowers these to the hardware instruction plus the scaling that subnormal numbers need. `cw_sin` is V_SIN_F32.
extern "C" {
__attribute__((const)) float cw_exp2(float) __asm__("llvm.exp2.f32");
__attribute__((const)) float cw_log2(float) __asm__("llvm.log2.f32");
__attribute__((const)) float cw_sin(float) __asm__("llvm.sin.f32");
__attribute__((const)) float cw_cos(float) __asm__("llvm.cos.f32");
__attribute__((const)) float cw_exp2_raw(float) __asm__("llvm.amdgcn.exp2.f32");
__attribute__((const)) float cw_log2_raw(float) __asm__("llvm.amdgcn.log.f32");
__attribute__((const)) float cw_divide_fast(float, float) __asm__("llvm.amdgcn.fdiv.fast");
}

namespace {

constexpr float kSmallestNormal = 0x1p-126f;

CW_INLINE bool is_tiny(float x) { return __builtin_fabsf(x) < kSmallestNormal; }
// Subnormal numbers become zeros of the same sign.
CW_INLINE float flush(float x) { return is_tiny(x) ? __builtin_copysignf(0.0f, x) : x; }

// V_RSQ_F32 and V_SQRT_F32 see subnormal arguments as zeros: those are scaled by an even power of two.
CW_INLINE float reciprocal_root(float x) {
  return is_tiny(x) ? __builtin_amdgcn_rsqf(x * 0x1p24f) * 0x1p12f : __builtin_amdgcn_rsqf(x);
}
CW_INLINE float root(float x) { return is_tiny(x) ? __builtin_amdgcn_sqrtf(x * 0x1p24f) * 0x1p-12f : __builtin_amdgcn_sqrtf(x); }

// V_RCP_F32 flushes subnormal arguments and results: both come from scaling.
CW_INLINE float reciprocal(float x) {
  if (is_tiny(x)) return __builtin_amdgcn_rcpf(x * 0x1p24f) * 0x1p24f;
  return __builtin_fabsf(x) > 0x1p125f ? __builtin_amdgcn_rcpf(x * 0x1p-24f) * 0x1p-24f : __builtin_amdgcn_rcpf(x);
}

constexpr float kLog2E = 0x1.715476p+0f, kLog2Of10 = 0x1.a934f0p+1f, kLn2 = 0x1.62e430p-1f, kLog10Of2 = 0x1.344136p-2f;

CW_INLINE float tangent_hyperbolic(float x) {
  // 1 - 2 / (exp(2|x|) + 1); near zero, where that cancels, the series.
  float a = __builtin_fabsf(x);
  float wide = 1.0f - 2.0f * __builtin_amdgcn_rcpf(cw_exp2_raw(a * (2.0f * kLog2E)) + 1.0f);
  float square = x * x;
  float near = x - x * square * (0x1.555556p-2f - square * 0x1.111112p-3f);
  return a < 0.125f ? near : __builtin_copysignf(wide, x);
}

}  // namespace

#define CW_APPROX(label, name, expression) \
  CW_DEFINE(label, float, name, (float x)) { return expression; }
CW_APPROX("__nvvm.ex2.approx.f32", ex2_approx, cw_exp2(x))
CW_APPROX("__nvvm.ex2.approx.ftz.f32", ex2_approx_ftz, cw_exp2_raw(x))
CW_APPROX("__nvvm.lg2.approx.f", lg2_approx, cw_log2(x))
CW_APPROX("__nvvm.lg2.approx.ftz.f", lg2_approx_ftz, cw_log2_raw(x))
CW_APPROX("__nvvm.sin.approx.f", sin_approx, cw_sin(x))
CW_APPROX("__nvvm.sin.approx.ftz.f", sin_approx_ftz, cw_sin(x))
CW_APPROX("__nvvm.cos.approx.f", cos_approx, cw_cos(x))
CW_APPROX("__nvvm.cos.approx.ftz.f", cos_approx_ftz, cw_cos(x))
CW_APPROX("__nvvm.rsqrt.approx.f", rsqrt_approx, reciprocal_root(x))
CW_APPROX("__nvvm.rsqrt.approx.ftz.f", rsqrt_approx_ftz, __builtin_amdgcn_rsqf(x))
CW_APPROX("__nvvm.sqrt.approx.f", sqrt_approx, root(x))
CW_APPROX("__nvvm.sqrt.approx.ftz.f", sqrt_approx_ftz, __builtin_amdgcn_sqrtf(x))
CW_APPROX("__nvvm.rcp.approx.ftz.f", rcp_approx_ftz, __builtin_amdgcn_rcpf(x))
CW_APPROX("__cw.math.rcp.fast.f32", fast_rcp, reciprocal(x))

CW_DEFINE("__nvvm.rsqrt.approx.d", double, rsqrt_approx_d, (double x)) { return 1.0 / __builtin_elementwise_sqrt(x); }
CW_DEFINE("__nvvm.rcp.approx.ftz.d", double, rcp_approx_d, (double x)) {
  return 1.0 / (__builtin_fabs(x) < 0x1p-1022 ? __builtin_copysign(0.0, x) : x);
}

// `div.full` covers the whole range, subnormal numbers included; the other forms may flush.
CW_DEFINE("__nvvm.div.approx.f", float, div_approx, (float a, float b)) { return cw_divide_fast(a, b); }
CW_DEFINE("__nvvm.div.approx.ftz.f", float, div_approx_ftz, (float a, float b)) { return cw_divide_fast(a, b); }
CW_DEFINE("__nvvm.div.full", float, div_full, (float a, float b)) { return a / b; }
CW_DEFINE("__nvvm.div.full.ftz", float, div_full_ftz, (float a, float b)) { return flush(flush(a) / flush(b)); }

CW_APPROX("__cw.math.sin.fast.f32", fast_sin, cw_sin(x))
CW_APPROX("__cw.math.cos.fast.f32", fast_cos, cw_cos(x))
CW_APPROX("__cw.math.tan.fast.f32", fast_tan, cw_divide_fast(cw_sin(x), cw_cos(x)))
CW_APPROX("__cw.math.exp.fast.f32", fast_exp, cw_exp2(x* kLog2E))
CW_APPROX("__cw.math.exp10.fast.f32", fast_exp10, cw_exp2(x* kLog2Of10))
CW_APPROX("__cw.math.log.fast.f32", fast_log, cw_log2(x) * kLn2)
CW_APPROX("__cw.math.log2.fast.f32", fast_log2, cw_log2(x))
CW_APPROX("__cw.math.log10.fast.f32", fast_log10, cw_log2(x) * kLog10Of2)
CW_APPROX("__cw.math.tanh.fast.f32", fast_tanh, tangent_hyperbolic(x))
CW_DEFINE("__cw.math.pow.fast.f32", float, fast_pow, (float x, float y)) { return cw_exp2(y * cw_log2(x)); }
CW_DEFINE("__cw.math.div.fast.f32", float, fast_div, (float a, float b)) { return cw_divide_fast(a, b); }
