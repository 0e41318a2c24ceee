// 8-bit floating point: e4m3, e5m2 and the scale format e8m0 (CUDA Math API, "FP8 Intrinsics"). Host and device.
#ifndef CROSSWARP_CUDA_FP8_H
#define CROSSWARP_CUDA_FP8_H

#include "cuda_runtime.h"

#if defined(__cplusplus)
#include "crosswarp/fp/narrow_functions.h"

typedef unsigned char __nv_fp8_storage_t;
typedef unsigned short int __nv_fp8x2_storage_t;
typedef unsigned int __nv_fp8x4_storage_t;
// What becomes of magnitudes past the largest finite one: infinity, or NaN where the format has none; or that largest one.
typedef enum __nv_saturation_t { __NV_NOSAT, __NV_SATFINITE } __nv_saturation_t;
typedef enum __nv_fp8_interpretation_t { __NV_E4M3, __NV_E5M2 } __nv_fp8_interpretation_t;

namespace __cw {
template <class Value>
CW_HOST_DEVICE __nv_fp8_storage_t fp8_from(Value value, __nv_saturation_t saturate, __nv_fp8_interpretation_t format) {
  return format == __NV_E4M3 ? encode<e4m3>(value, saturate == __NV_SATFINITE) : encode<e5m2>(value, saturate == __NV_SATFINITE);
}
CW_HOST_DEVICE unsigned short fp8_to_f16(unsigned code, __nv_fp8_interpretation_t format) {
  return format == __NV_E4M3 ? decode_f16<e4m3>(code) : decode_f16<e5m2>(code);
}
CW_HOST_DEVICE __nv_fp8x2_storage_t fp8_pair(unsigned low, unsigned high) { return (__nv_fp8x2_storage_t)(low | high << 8); }
}  // namespace __cw

#define CW_TO_FP8(word, T)                                                                                 \
  CW_FP_FREE __nv_fp8_storage_t __nv_cvt_##word##_to_fp8(const T x, const __nv_saturation_t saturate,      \
                                                         const __nv_fp8_interpretation_t interpretation) { \
    return __cw::fp8_from(__cw::widened(x), saturate, interpretation);                                     \
  }
#define CW_TO_FP8X2(word, T2, T)                                                                               \
  CW_FP_FREE __nv_fp8x2_storage_t __nv_cvt_##word##_to_fp8x2(const T2 x, const __nv_saturation_t saturate,     \
                                                             const __nv_fp8_interpretation_t interpretation) { \
    return __cw::fp8_pair(__cw::fp8_from(__cw::widened(__cw::bits_as<T>(x.x)), saturate, interpretation),      \
                          __cw::fp8_from(__cw::widened(__cw::bits_as<T>(x.y)), saturate, interpretation));     \
  }
CW_TO_FP8(float, float)
CW_TO_FP8(double, double)
CW_TO_FP8(halfraw, __half_raw)
CW_TO_FP8(bfloat16raw, __nv_bfloat16_raw)
CW_TO_FP8X2(float2, float2, float)
CW_TO_FP8X2(double2, double2, double)
CW_TO_FP8X2(halfraw2, __half2_raw, __half_raw)
CW_TO_FP8X2(bfloat16raw2, __nv_bfloat162_raw, __nv_bfloat16_raw)
#undef CW_TO_FP8X2
#undef CW_TO_FP8
CW_FP_FREE __half_raw __nv_cvt_fp8_to_halfraw(const __nv_fp8_storage_t x, const __nv_fp8_interpretation_t interpretation) {
  return __cw::half_raw(__cw::fp8_to_f16(x, interpretation));
}
CW_FP_FREE __half2_raw __nv_cvt_fp8x2_to_halfraw2(const __nv_fp8x2_storage_t x, const __nv_fp8_interpretation_t interpretation) {
  return __cw::half2_raw(__cw::fp8_to_f16(x & 0xffu, interpretation), __cw::fp8_to_f16((unsigned)x >> 8, interpretation));
}

// e8m0 rounds towards zero or up.
#define CW_TO_E8M0(word, T)                                                                                    \
  CW_FP_FREE __nv_fp8_storage_t __nv_cvt_##word##_to_e8m0(const T x, const __nv_saturation_t saturate,         \
                                                          const enum cudaRoundMode rounding) {                 \
    return __cw::e8m0_from((double)__cw::widened(x), saturate == __NV_SATFINITE, __cw::rounding_of(rounding)); \
  }
#define CW_TO_E8M0X2(word, T2, T, scalar)                                                                   \
  CW_FP_FREE __nv_fp8x2_storage_t __nv_cvt_##word##_to_e8m0x2(const T2 x, const __nv_saturation_t saturate, \
                                                              const enum cudaRoundMode rounding) {          \
    return __cw::fp8_pair(__nv_cvt_##scalar##_to_e8m0(__cw::bits_as<T>(x.x), saturate, rounding),           \
                          __nv_cvt_##scalar##_to_e8m0(__cw::bits_as<T>(x.y), saturate, rounding));          \
  }
CW_TO_E8M0(float, float)
CW_TO_E8M0(double, double)
CW_TO_E8M0(bfloat16raw, __nv_bfloat16_raw)
CW_TO_E8M0X2(float2, float2, float, float)
CW_TO_E8M0X2(double2, double2, double, double)
CW_TO_E8M0X2(bfloat162raw, __nv_bfloat162_raw, __nv_bfloat16_raw, bfloat16raw)
#undef CW_TO_E8M0X2
#undef CW_TO_E8M0
CW_FP_FREE __nv_bfloat16_raw __nv_cvt_e8m0_to_bf16raw(const __nv_fp8_storage_t x) {
  return __cw::bits_as<__nv_bfloat16_raw>(__cw::e8m0_to_bf16(x));
}
CW_FP_FREE __nv_bfloat162_raw __nv_cvt_e8m0x2_to_bf162raw(const __nv_fp8x2_storage_t x) {
  __nv_bfloat162_raw raw;
  raw.x = __cw::e8m0_to_bf16((unsigned char)(x & 0xffu));
  raw.y = __cw::e8m0_to_bf16((unsigned char)(x >> 8));
  return raw;
}

#if defined(__CUDA_NO_FP8_CONVERSIONS__)
#define CW_NO_CONVERSIONS
#endif
#define CW_S __nv_fp8_storage_t
#define CW_S2 __nv_fp8x2_storage_t
#define CW_S4 __nv_fp8x4_storage_t
#define CW_BITS 8
#define CW_I float
#define CW_N __nv_fp8_e4m3
#define CW_N2 __nv_fp8x2_e4m3
#define CW_N4 __nv_fp8x4_e4m3
#define CW_ENCODE(x) __cw::encode<__cw::e4m3>(x)
#define CW_DECODE(code) __cw::f16::to(__cw::decode_f16<__cw::e4m3>(code))
#include "crosswarp/fp/narrow_type.inc"
#undef CW_DECODE
#undef CW_ENCODE
#undef CW_N4
#undef CW_N2
#undef CW_N
#define CW_N __nv_fp8_e5m2
#define CW_N2 __nv_fp8x2_e5m2
#define CW_N4 __nv_fp8x4_e5m2
#define CW_ENCODE(x) __cw::encode<__cw::e5m2>(x)
#define CW_DECODE(code) __cw::f16::to(__cw::decode_f16<__cw::e5m2>(code))
#include "crosswarp/fp/narrow_type.inc"
#undef CW_DECODE
#undef CW_ENCODE
#undef CW_N4
#undef CW_N2
#undef CW_N
#undef CW_I
#define CW_I double
#define CW_PAIR_TO_BFLOAT
#define CW_N __nv_fp8_e8m0
#define CW_N2 __nv_fp8x2_e8m0
#define CW_N4 __nv_fp8x4_e8m0
#define CW_ENCODE(x) __cw::e8m0_from((double)(x), true, __cw::up)
#define CW_DECODE(code) __cw::bf16::to(__cw::e8m0_to_bf16(code))
#include "crosswarp/fp/narrow_type.inc"
#undef CW_DECODE
#undef CW_ENCODE
#undef CW_N4
#undef CW_N2
#undef CW_N
#undef CW_PAIR_TO_BFLOAT
#undef CW_I
#undef CW_BITS
#undef CW_S4
#undef CW_S2
#undef CW_S
#undef CW_NO_CONVERSIONS
#endif

#endif
