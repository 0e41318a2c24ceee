// Declares the named operations of operations.def for device code.
#ifndef CROSSWARP_OPERATIONS_H
#define CROSSWARP_OPERATIONS_H

#define CW_VECTOR(name, n, T) typedef T CW_##name __attribute__((ext_vector_type(n)));
CW_VECTOR(v2i8, 2, signed char)
CW_VECTOR(v4i8, 4, signed char)
CW_VECTOR(v2i16, 2, short)
CW_VECTOR(v4i16, 4, short)
CW_VECTOR(v2i32, 2, int)
CW_VECTOR(v4i32, 4, int)
CW_VECTOR(v2i64, 2, long long)
CW_VECTOR(v2f32, 2, float)
CW_VECTOR(v4f32, 4, float)
CW_VECTOR(v2f64, 2, double)
CW_VECTOR(v2f16, 2, _Float16)
CW_VECTOR(v2bf16, 2, __bf16)
#undef CW_VECTOR

#define CW_EFFECT_PURE __attribute__((const, noconvergent, nothrow))
#define CW_EFFECT_READ __attribute__((pure, noconvergent, nothrow))
#define CW_EFFECT_EFFECT __attribute__((noconvergent, nothrow))
#define CW_EFFECT_CONVERGENT __attribute__((convergent, nothrow))
#define CW_EFFECT_NORETURN __attribute__((noreturn, nothrow))
#define CW_OPERATION(effect, result, c_name, label, parameters) \
  __device__ CW_EFFECT_##effect result c_name parameters __asm__(label);
extern "C" {
#include "operations.def"
}
#undef CW_OPERATION
#undef CW_EFFECT_PURE
#undef CW_EFFECT_READ
#undef CW_EFFECT_EFFECT
#undef CW_EFFECT_CONVERGENT
#undef CW_EFFECT_NORETURN

#endif
