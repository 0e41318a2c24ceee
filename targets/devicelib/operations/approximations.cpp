// PTX's `.approx` operations where a target has no instruction for them (weak: a target may define its own), and the forms that
// keep subnormal numbers in any mode. Accuracy: PTX ISA, "Floating Point Instructions".
#include "operations/kept.h"

#define CW_APPROX(label, name, result, parameters)  \
  extern "C" result name parameters __asm__(label); \
  extern "C" [[gnu::weak]] result name parameters

extern "C" {
float cw_exp2(float) __asm__("__cw.math.exp2.f32");
float cw_log2(float) __asm__("__cw.math.log2.fast.f32");
float cw_sin(float) __asm__("__cw.math.sin.fast.f32");
float cw_cos(float) __asm__("__cw.math.cos.fast.f32");
float cw_tanh(float) __asm__("__cw.math.tanh.fast.f32");
float cw_rsqrt(float) __asm__("__cw.math.rsqrt.rn.f32");
double cw_exp2_double(double) __asm__("__cw.math.exp2.f64");
double cw_log2_double(double) __asm__("__cw.math.log2.f64");
}

namespace {

CW_INLINE float flush(float x) { return cw::is_subnormal(x) ? cw::with_sign_of(0, x) : x; }
CW_INLINE double flush(double x) { return cw::abs(x) < 0x1p-1022 ? cw::copysign(0.0, x) : x; }
CW_INLINE float reciprocal(float x) { return 1.0f / x; }

}  // namespace

// Each with and without `.ftz`.
#define CW_BOTH(op, suffix, name, expression)                                                          \
  CW_APPROX("__nvvm." op ".approx." suffix, name##_approx, float, (float x)) { return expression(x); } \
  CW_APPROX("__nvvm." op ".approx.ftz." suffix, name##_approx_ftz, float, (float x)) { return flush(expression(flush(x))); }
CW_BOTH("ex2", "f32", ex2, cw_exp2)
CW_BOTH("lg2", "f", lg2, cw_log2)
CW_BOTH("sin", "f", sin, cw_sin)
CW_BOTH("cos", "f", cos, cw_cos)
CW_BOTH("rsqrt", "f", rsqrt, cw_rsqrt)
CW_BOTH("sqrt", "f", sqrt, cw::sqrt)
CW_APPROX("__nvvm.rcp.approx.ftz.f", rcp_approx_ftz, float, (float x)) { return flush(reciprocal(flush(x))); }
CW_APPROX("__cw.math.rcp.fast.f32", rcp_fast, float, (float x)) { return reciprocal(x); }
CW_APPROX("__nvvm.rcp.approx.ftz.d", rcp_approx_d, double, (double x)) { return flush(1.0 / flush(x)); }
CW_APPROX("__nvvm.rsqrt.approx.d", rsqrt_approx_d, double, (double x)) { return 1.0 / cw::sqrt(x); }
CW_APPROX("__nvvm.div.approx.f", div_approx, float, (float a, float b)) { return a / b; }
CW_APPROX("__nvvm.div.approx.ftz.f", div_approx_ftz, float, (float a, float b)) { return flush(flush(a) / flush(b)); }
CW_APPROX("__nvvm.div.full", div_full, float, (float a, float b)) { return a / b; }
CW_APPROX("__nvvm.div.full.ftz", div_full_ftz, float, (float a, float b)) { return flush(flush(a) / flush(b)); }

namespace {

CW_RARE float ex2_slow(float x) { return cw::narrow_kept(cw_exp2_double(cw::widen_kept(x))); }
CW_RARE float lg2_slow(float x) { return cw::narrow_kept(cw_log2_double(cw::widen_kept(x))); }
CW_RARE float rcp_slow(float x) { return cw::narrow_kept(1.0 / cw::widen_kept(x)); }
CW_RARE float sqrt_slow(float x) { return cw::narrow_kept(cw::sqrt(cw::widen_kept(x))); }
CW_RARE float rsqrt_slow(float x) { return cw::narrow_kept(1.0 / cw::sqrt(cw::widen_kept(x))); }
CW_RARE float div_slow(float a, float b) { return cw::narrow_kept(cw::widen_kept(a) / cw::widen_kept(b)); }

}  // namespace

#define CW_KEPT(op, plain) \
  CW_MATH("kept." #op ".approx.f32", float, kept_##op, (float x)) { return cw::settled(plain(x), op##_slow, x); }
CW_KEPT(ex2, ex2_approx_ftz)
CW_KEPT(lg2, lg2_approx_ftz)
CW_KEPT(rcp, rcp_approx_ftz)
CW_KEPT(sqrt, sqrt_approx_ftz)
CW_KEPT(rsqrt, rsqrt_approx_ftz)
// Near zero these are the argument itself, and 1.
CW_MATH("kept.sin.approx.f32", float, kept_sin, (float x)) { return cw::is_subnormal(x) ? x : sin_approx_ftz(x); }
CW_MATH("kept.tanh.approx.f32", float, kept_tanh, (float x)) { return cw::is_subnormal(x) ? x : cw_tanh(x); }
CW_MATH("kept.cos.approx.f32", float, kept_cos, (float x)) { return cos_approx_ftz(x); }
CW_MATH("kept.div.approx.f32", float, kept_div_approx, (float a, float b)) {
  return cw::settled(div_approx_ftz(a, b), div_slow, a, b);
}
