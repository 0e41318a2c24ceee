// The explicit conversions between __half and __nv_bfloat16, once both are known. Part of cuda_fp16.h and cuda_bf16.h.
#if defined(CROSSWARP_FP_HALF_CONVERSIONS_H) && defined(CROSSWARP_FP_BFLOAT16_CONVERSIONS_H) && !defined(CROSSWARP_FP_EACH_OTHER_H)
#define CROSSWARP_FP_EACH_OTHER_H

CW_FP __half::__half(const __nv_bfloat16& other) : __x(__cw::f16::from((float)other)) {}
CW_FP __nv_bfloat16::__nv_bfloat16(const __half& other) : __x(__cw::bf16::from((float)other)) {}

#endif
