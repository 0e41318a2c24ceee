// 4-bit floating point: e2m1 (CUDA Math API, "FP4 Intrinsics"). Two values share a byte, the first in its low half. Host and
// device.
#ifndef CROSSWARP_CUDA_FP4_H
#define CROSSWARP_CUDA_FP4_H

#include "cuda_fp8.h"

#if defined(__cplusplus)
typedef unsigned char __nv_fp4_storage_t;
typedef unsigned char __nv_fp4x2_storage_t;
typedef unsigned short int __nv_fp4x4_storage_t;
typedef enum __nv_fp4_interpretation_t { __NV_E2M1 } __nv_fp4_interpretation_t;

#define CW_FAMILY fp4
#define CW_KIND __nv_fp4_interpretation_t
#define CW_S __nv_fp4_storage_t
#define CW_S2 __nv_fp4x2_storage_t
#define CW_S4 __nv_fp4x4_storage_t
#define CW_BITS 4
#define CW_I float
#define CW_CHOOSE(kind, f, ...) ((void)kind, f<__cw::e2m1>(__VA_ARGS__))
#include "crosswarp/fp/tiny_functions.inc"
#undef CW_CHOOSE

#if defined(__CUDA_NO_FP4_CONVERSIONS__)
#define CW_NO_CONVERSIONS
#endif
#define CW_N __nv_fp4_e2m1
#define CW_N2 __nv_fp4x2_e2m1
#define CW_N4 __nv_fp4x4_e2m1
#define CW_ENCODE(x) __cw::encode<__cw::e2m1>(x)
#define CW_DECODE(code) __cw::f16::to(__cw::decode_f16<__cw::e2m1>(code))
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
