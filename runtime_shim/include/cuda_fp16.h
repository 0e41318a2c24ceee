// __half and __half2: IEEE binary16 (CUDA Math API, "Half Precision Intrinsics"). Host and device; any C++11 compiler.
#ifndef CROSSWARP_CUDA_FP16_H
#define CROSSWARP_CUDA_FP16_H

#include "cuda_runtime.h"

#if defined(__cplusplus)
#include "crosswarp/fp/common.h"

#define CW_T __half
#define CW_T2 __half2
#define CW_RAW __half_raw
#define CW_RAW2 __half2_raw
#define CW_OTHER __nv_bfloat16
#define CW_OPS __cw::f16
#define CW_NATIVE _Float16
#define CW_NATIVE2 CW_v2f16
#if defined(__CUDA_NO_HALF_OPERATORS__)
#define CW_NO_OPERATORS
#endif
#define CW_ATOMIC_ADDS                                                  \
  CW_ATOMIC_ADD(, __cw_atom_add_gpu_f16, __cw_atom_add_gpu_v2f16)       \
  CW_ATOMIC_ADD(_block, __cw_atom_add_cta_f16, __cw_atom_add_cta_v2f16) \
  CW_ATOMIC_ADD(_system, __cw_atom_add_sys_f16, __cw_atom_add_sys_v2f16)
#include "crosswarp/fp/type.inc"
// In this order.
#include "crosswarp/fp/functions.inc"
// Conversions last: they use both classes.
#include "crosswarp/fp/each_other.h"
#include "crosswarp/fp/half_conversions.h"
#undef CW_ATOMIC_ADDS
#undef CW_NO_OPERATORS
#undef CW_NATIVE2
#undef CW_NATIVE
#undef CW_OPS
#undef CW_OTHER
#undef CW_RAW2
#undef CW_RAW
#undef CW_T2
#undef CW_T

#define CUDART_INF_FP16 __ushort_as_half((unsigned short)0x7C00U)
#define CUDART_NAN_FP16 __ushort_as_half((unsigned short)0x7FFFU)
#define CUDART_MIN_DENORM_FP16 __ushort_as_half((unsigned short)0x0001U)
#define CUDART_MAX_NORMAL_FP16 __ushort_as_half((unsigned short)0x7BFFU)
#define CUDART_NEG_ZERO_FP16 __ushort_as_half((unsigned short)0x8000U)
#define CUDART_ZERO_FP16 __ushort_as_half((unsigned short)0x0000U)
#define CUDART_ONE_FP16 __ushort_as_half((unsigned short)0x3C00U)

typedef __half half;
typedef __half2 half2;
typedef __half __nv_half;
typedef __half2 __nv_half2;
typedef __half_raw __nv_half_raw;
typedef __half2_raw __nv_half2_raw;
typedef __half nv_half;
typedef __half2 nv_half2;
#endif

#endif
