// 6-bit floating point: e2m3 and e3m2 (CUDA Math API, "FP6 Intrinsics"). A value sits in the low bits of a byte. Host and device.
#ifndef CROSSWARP_CUDA_FP6_H
#define CROSSWARP_CUDA_FP6_H

#include "cuda_fp8.h"

#if defined(__cplusplus)
typedef unsigned char __nv_fp6_storage_t;
typedef unsigned short int __nv_fp6x2_storage_t;
typedef unsigned int __nv_fp6x4_storage_t;
typedef enum __nv_fp6_interpretation_t { __NV_E2M3, __NV_E3M2 } __nv_fp6_interpretation_t;

#define CW_FAMILY fp6
#define CW_KIND __nv_fp6_interpretation_t
#define CW_S __nv_fp6_storage_t
#define CW_S2 __nv_fp6x2_storage_t
#define CW_S4 __nv_fp6x4_storage_t
#define CW_BITS 8
#define CW_I float
#define CW_CHOOSE(kind, f, ...) (kind == __NV_E2M3 ? f<__cw::e2m3>(__VA_ARGS__) : f<__cw::e3m2>(__VA_ARGS__))
#include "crosswarp/fp/tiny_functions.inc"
#undef CW_CHOOSE

#if defined(__CUDA_NO_FP6_CONVERSIONS__)
#define CW_NO_CONVERSIONS
#endif
#define CW_N __nv_fp6_e2m3
#define CW_N2 __nv_fp6x2_e2m3
#define CW_N4 __nv_fp6x4_e2m3
#define CW_ENCODE(x) __cw::encode<__cw::e2m3>(x)
#define CW_DECODE(code) __cw::f16::to(__cw::decode_f16<__cw::e2m3>(code))
#include "crosswarp/fp/narrow_type.inc"
#undef CW_DECODE
#undef CW_ENCODE
#undef CW_N4
#undef CW_N2
#undef CW_N
#define CW_N __nv_fp6_e3m2
#define CW_N2 __nv_fp6x2_e3m2
#define CW_N4 __nv_fp6x4_e3m2
#define CW_ENCODE(x) __cw::encode<__cw::e3m2>(x)
#define CW_DECODE(code) __cw::f16::to(__cw::decode_f16<__cw::e3m2>(code))
#include "crosswarp/fp/narrow_type.inc"
#undef CW_DECODE
#undef CW_ENCODE
#undef CW_N4
#undef CW_N2
#undef CW_N
#undef CW_NO_CONVERSIONS
#undef CW_I
#undef CW_BITS
#undef CW_S4
#undef CW_S2
#undef CW_S
#undef CW_KIND
#undef CW_FAMILY
#endif

#endif
