// Floating-point arithmetic as PTX names it: rounding modes, saturation, NaN rules, conversions.
//
// Nearest-even is the processor's mode. Directed rounding and conversions come from the shared math library, so that all
// targets give the same bits. `.ftz` forms flush subnormal arguments and results to zeros of the same sign.
#include "operations/operation.h"

namespace {

// On the bits: of a comparison with the smallest normal number LLVM makes one with zero where it believes in a flushing processor.
CW_INLINE float flush(float x) {
  uint32_t bits = __builtin_bit_cast(uint32_t, x), sign = bits & 0x80000000u;
  return bits & 0x7f800000u ? x : __builtin_bit_cast(float, sign);
}

// PTX: NaN saturates to +0.
CW_INLINE float saturate(float x) { return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f; }
CW_INLINE double saturate(double x) { return x > 0.0 ? (x < 1.0 ? x : 1.0) : 0.0; }

template <class T>
CW_INLINE T fused(T a, T b, T c) {
  return __builtin_elementwise_fma(a, b, c);
}

}  // namespace

CW_DEFINE("__cw.math.flush.f32", float, flush_f32, (float x)) { return flush(x); }

#define CW_F1(label, name, T, expression) \
  CW_DEFINE("__nvvm." label, T, name, (T a)) { return expression; }
#define CW_F2(label, name, T, expression) \
  CW_DEFINE("__nvvm." label, T, name, (T a, T b)) { return expression; }
#define CW_F3(label, name, T, expression) \
  CW_DEFINE("__nvvm." label, T, name, (T a, T b, T c)) { return expression; }

// Nearest-even, with PTX's .ftz and .sat forms.
CW_F2("add.rn.f", add_rn_f, float, a + b)
CW_F2("add.rn.ftz.f", add_rn_ftz_f, float, flush(flush(a) + flush(b)))
CW_F2("add.rn.sat.f", add_rn_sat_f, float, saturate(a + b))
CW_F2("add.rn.ftz.sat.f", add_rn_ftz_sat_f, float, saturate(flush(flush(a) + flush(b))))
CW_F2("add.rn.d", add_rn_d, double, a + b)
CW_F2("mul.rn.f", mul_rn_f, float, a* b)
CW_F2("mul.rn.ftz.f", mul_rn_ftz_f, float, flush(flush(a) * flush(b)))
CW_F2("mul.rn.d", mul_rn_d, double, a* b)
CW_F2("div.rn.f", div_rn_f, float, a / b)
CW_F2("div.rn.ftz.f", div_rn_ftz_f, float, flush(flush(a) / flush(b)))
CW_F2("div.rn.d", div_rn_d, double, a / b)
CW_F1("rcp.rn.f", rcp_rn_f, float, 1.0f / a)
CW_F1("rcp.rn.ftz.f", rcp_rn_ftz_f, float, flush(1.0f / flush(a)))
CW_F1("rcp.rn.d", rcp_rn_d, double, 1.0 / a)
CW_F1("sqrt.rn.f", sqrt_rn_f, float, __builtin_elementwise_sqrt(a))
CW_F1("sqrt.rn.ftz.f", sqrt_rn_ftz_f, float, __builtin_elementwise_sqrt(flush(a)))
CW_F1("sqrt.f", sqrt_f, float, __builtin_elementwise_sqrt(a))
CW_F1("sqrt.rn.d", sqrt_rn_d, double, __builtin_elementwise_sqrt(a))
CW_F3("fma.rn.f", fma_rn_f, float, fused(a, b, c))
CW_F3("fma.rn.ftz.f", fma_rn_ftz_f, float, flush(fused(flush(a), flush(b), flush(c))))
CW_F3("fma.rn.sat.f", fma_rn_sat_f, float, saturate(fused(a, b, c)))
CW_F3("fma.rn.ftz.sat.f", fma_rn_ftz_sat_f, float, saturate(flush(fused(flush(a), flush(b), flush(c)))))
CW_F3("fma.rn.d", fma_rn_d, double, fused(a, b, c))
CW_F3("fma.rn.f16", fma_rn_f16, _Float16, fused(a, b, c))

// Directed rounding: PTX's rz, rm (down), rp (up) are the math library's rz, rd, ru.
#define CW_DIRECTED(ptx, mode, suffix, type, T)                                              \
  extern "C" T cw_add_##mode##_##suffix(T, T) __asm__("__cw.math.add." #mode "." #type);     \
  extern "C" T cw_mul_##mode##_##suffix(T, T) __asm__("__cw.math.mul." #mode "." #type);     \
  extern "C" T cw_div_##mode##_##suffix(T, T) __asm__("__cw.math.div." #mode "." #type);     \
  extern "C" T cw_sqrt_##mode##_##suffix(T) __asm__("__cw.math.sqrt." #mode "." #type);      \
  extern "C" T cw_fma_##mode##_##suffix(T, T, T) __asm__("__cw.math.fma." #mode "." #type);  \
  CW_F2("add." #ptx "." #suffix, add_##ptx##_##suffix, T, cw_add_##mode##_##suffix(a, b))    \
  CW_F2("mul." #ptx "." #suffix, mul_##ptx##_##suffix, T, cw_mul_##mode##_##suffix(a, b))    \
  CW_F2("div." #ptx "." #suffix, div_##ptx##_##suffix, T, cw_div_##mode##_##suffix(a, b))    \
  CW_F1("rcp." #ptx "." #suffix, rcp_##ptx##_##suffix, T, cw_div_##mode##_##suffix(T(1), a)) \
  CW_F1("sqrt." #ptx "." #suffix, sqrt_##ptx##_##suffix, T, cw_sqrt_##mode##_##suffix(a))    \
  CW_F3("fma." #ptx "." #suffix, fma_##ptx##_##suffix, T, cw_fma_##mode##_##suffix(a, b, c))
CW_DIRECTED(rz, rz, f, f32, float)
CW_DIRECTED(rm, rd, f, f32, float)
CW_DIRECTED(rp, ru, f, f32, float)
CW_DIRECTED(rz, rz, d, f64, double)
CW_DIRECTED(rm, rd, d, f64, double)
CW_DIRECTED(rp, ru, d, f64, double)

// Minimum and maximum: one NaN gives the other operand, `.nan` forms give NaN.
#define CW_MINMAX(suffix, T)                                                   \
  CW_F2("fmin." #suffix, fmin_##suffix, T, __builtin_elementwise_minnum(a, b)) \
  CW_F2("fmax." #suffix, fmax_##suffix, T, __builtin_elementwise_maxnum(a, b))
CW_MINMAX(f, float)
CW_MINMAX(d, double)
CW_MINMAX(f16, _Float16)
CW_F2("fmin.ftz.f", fmin_ftz_f, float, __builtin_elementwise_minnum(flush(a), flush(b)))
CW_F2("fmax.ftz.f", fmax_ftz_f, float, __builtin_elementwise_maxnum(flush(a), flush(b)))
CW_F2("fmin.nan.f", fmin_nan_f, float, __builtin_elementwise_minimum(a, b))
CW_F2("fmax.nan.f", fmax_nan_f, float, __builtin_elementwise_maximum(a, b))
CW_F2("fmin.nan.f16", fmin_nan_f16, _Float16, __builtin_elementwise_minimum(a, b))
CW_F2("fmax.nan.f16", fmax_nan_f16, _Float16, __builtin_elementwise_maximum(a, b))

CW_F1("fabs.f32", fabs_f32, float, __builtin_fabsf(a))
CW_F1("fabs.f64", fabs_f64, double, __builtin_fabs(a))
CW_F1("fabs.ftz.f32", fabs_ftz_f32, float, flush(__builtin_fabsf(a)))
CW_F1("saturate.f", saturate_f, float, saturate(a))
CW_F1("saturate.ftz.f", saturate_ftz_f, float, saturate(flush(a)))
CW_F1("saturate.d", saturate_d, double, saturate(a))

#define CW_INTEGRAL(op, builtin)                            \
  CW_F1(#op ".f", op##_f, float, builtin(a))                \
  CW_F1(#op ".ftz.f", op##_ftz_f, float, builtin(flush(a))) \
  CW_F1(#op ".d", op##_d, double, builtin(a))
CW_INTEGRAL(floor, __builtin_elementwise_floor)
CW_INTEGRAL(ceil, __builtin_elementwise_ceil)
CW_INTEGRAL(trunc, __builtin_elementwise_trunc)
CW_INTEGRAL(round, __builtin_elementwise_roundeven)

// Conversions: the shared library's `__cw.cvt.<to>.<mode>.<from>` saturates as PTX does; nearest-even to float is plain.
#define CW_CONVERT(label, name, TO, FROM, operation)                 \
  extern "C" TO name##_library(FROM) __asm__("__cw.cvt." operation); \
  CW_DEFINE("__nvvm." label, TO, name, (FROM a)) { return name##_library(a); }
#define CW_TO_INTEGER(ptx, mode)                                               \
  CW_CONVERT("f2i." #ptx, f2i_##ptx, int32_t, float, "i32." #mode ".f32")      \
  CW_CONVERT("f2ui." #ptx, f2ui_##ptx, uint32_t, float, "u32." #mode ".f32")   \
  CW_CONVERT("f2ll." #ptx, f2ll_##ptx, int64_t, float, "i64." #mode ".f32")    \
  CW_CONVERT("f2ull." #ptx, f2ull_##ptx, uint64_t, float, "u64." #mode ".f32") \
  CW_CONVERT("d2i." #ptx, d2i_##ptx, int32_t, double, "i32." #mode ".f64")     \
  CW_CONVERT("d2ui." #ptx, d2ui_##ptx, uint32_t, double, "u32." #mode ".f64")  \
  CW_CONVERT("d2ll." #ptx, d2ll_##ptx, int64_t, double, "i64." #mode ".f64")   \
  CW_CONVERT("d2ull." #ptx, d2ull_##ptx, uint64_t, double, "u64." #mode ".f64")
CW_TO_INTEGER(rn, rn)
CW_TO_INTEGER(rz, rz)
CW_TO_INTEGER(rm, rd)
CW_TO_INTEGER(rp, ru)

#define CW_TO_FLOAT(ptx, mode)                                                  \
  CW_CONVERT("i2f." #ptx, i2f_##ptx, float, int32_t, "f32." #mode ".i32")       \
  CW_CONVERT("ui2f." #ptx, ui2f_##ptx, float, uint32_t, "f32." #mode ".u32")    \
  CW_CONVERT("ll2f." #ptx, ll2f_##ptx, float, int64_t, "f32." #mode ".i64")     \
  CW_CONVERT("ull2f." #ptx, ull2f_##ptx, float, uint64_t, "f32." #mode ".u64")  \
  CW_CONVERT("ll2d." #ptx, ll2d_##ptx, double, int64_t, "f64." #mode ".i64")    \
  CW_CONVERT("ull2d." #ptx, ull2d_##ptx, double, uint64_t, "f64." #mode ".u64") \
  CW_CONVERT("d2f." #ptx, d2f_##ptx, float, double, "f32." #mode ".f64")
CW_TO_FLOAT(rz, rz)
CW_TO_FLOAT(rm, rd)
CW_TO_FLOAT(rp, ru)

#define CW_PLAIN(label, name, TO, FROM) \
  CW_DEFINE("__nvvm." label, TO, name, (FROM a)) { return static_cast<TO>(a); }
CW_PLAIN("i2f.rn", i2f_rn, float, int32_t)
CW_PLAIN("ui2f.rn", ui2f_rn, float, uint32_t)
CW_PLAIN("ll2f.rn", ll2f_rn, float, int64_t)
CW_PLAIN("ull2f.rn", ull2f_rn, float, uint64_t)
CW_PLAIN("ll2d.rn", ll2d_rn, double, int64_t)
CW_PLAIN("ull2d.rn", ull2d_rn, double, uint64_t)
CW_PLAIN("d2f.rn", d2f_rn, float, double)
// Every 32-bit integer is a double: all modes agree.
#define CW_EXACT(ptx)                               \
  CW_PLAIN("i2d." #ptx, i2d_##ptx, double, int32_t) \
  CW_PLAIN("ui2d." #ptx, ui2d_##ptx, double, uint32_t)
CW_EXACT(rn)
CW_EXACT(rz)
CW_EXACT(rm)
CW_EXACT(rp)

CW_DEFINE("__nvvm.d2i.lo", uint32_t, d2i_lo, (double a)) { return static_cast<uint32_t>(cw::bit_cast<uint64_t>(a)); }
CW_DEFINE("__nvvm.d2i.hi", uint32_t, d2i_hi, (double a)) { return static_cast<uint32_t>(cw::bit_cast<uint64_t>(a) >> 32); }
CW_DEFINE("__nvvm.lohi.i2d", double, lohi_i2d, (uint32_t low, uint32_t high)) {
  return cw::bit_cast<double>(static_cast<uint64_t>(high) << 32 | low);
}
CW_DEFINE("__nvvm.f2h.rn", uint16_t, f2h_rn, (float a)) { return cw::bit_cast<uint16_t>(static_cast<_Float16>(a)); }
