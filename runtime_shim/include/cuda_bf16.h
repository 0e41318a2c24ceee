// __nv_bfloat16 and __nv_bfloat162 (CUDA Math API, "Bfloat16 Precision Intrinsics"). Host and device; any C++11 compiler.
#ifndef CROSSWARP_CUDA_BF16_H
#define CROSSWARP_CUDA_BF16_H

#include "cuda_runtime.h"

#if defined(__cplusplus)
#include "crosswarp/fp/common.h"

#define CW_T __nv_bfloat16
#define CW_T2 __nv_bfloat162
#define CW_RAW __nv_bfloat16_raw
#define CW_RAW2 __nv_bfloat162_raw
#define CW_OTHER __half
#define CW_OPS __cw::bf16
#define CW_NATIVE __bf16
#define CW_NATIVE2 CW_v2bf16
#if defined(__CUDA_NO_BFLOAT16_OPERATORS__)
#define CW_NO_OPERATORS
#endif
#define CW_ATOMIC_ADDS                                                    \
  CW_ATOMIC_ADD(, __cw_atom_add_gpu_bf16, __cw_atom_add_gpu_v2bf16)       \
  CW_ATOMIC_ADD(_block, __cw_atom_add_cta_bf16, __cw_atom_add_cta_v2bf16) \
  CW_ATOMIC_ADD(_system, __cw_atom_add_sys_bf16, __cw_atom_add_sys_v2bf16)
#include "crosswarp/fp/type.inc"
// In this order.
#include "crosswarp/fp/functions.inc"
// Conversions last: they use both classes.
#include "crosswarp/fp/bfloat16_conversions.h"
#include "crosswarp/fp/each_other.h"
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

#define CUDART_INF_BF16 __ushort_as_bfloat16((unsigned short)0x7F80U)
#define CUDART_NAN_BF16 __ushort_as_bfloat16((unsigned short)0x7FFFU)
#define CUDART_MIN_DENORM_BF16 __ushort_as_bfloat16((unsigned short)0x0001U)
#define CUDART_MAX_NORMAL_BF16 __ushort_as_bfloat16((unsigned short)0x7F7FU)
#define CUDART_NEG_ZERO_BF16 __ushort_as_bfloat16((unsigned short)0x8000U)
#define CUDART_ZERO_BF16 __ushort_as_bfloat16((unsigned short)0x0000U)
#define CUDART_ONE_BF16 __ushort_as_bfloat16((unsigned short)0x3F80U)

typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;
#endif

#endif
