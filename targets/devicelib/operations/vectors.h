// The vector types of the named operations (crosswarp/operations.def), as clang passes them in registers.
#pragma once

#include <stdint.h>

#define CW_VECTOR(name, n, T) typedef T CW_##name __attribute__((ext_vector_type(n)));
CW_VECTOR(v2i8, 2, int8_t)
CW_VECTOR(v4i8, 4, int8_t)
CW_VECTOR(v2i16, 2, int16_t)
CW_VECTOR(v4i16, 4, int16_t)
CW_VECTOR(v2i32, 2, int32_t)
CW_VECTOR(v4i32, 4, int32_t)
CW_VECTOR(v2i64, 2, int64_t)
CW_VECTOR(v2f32, 2, float)
CW_VECTOR(v4f32, 4, float)
CW_VECTOR(v2f64, 2, double)
CW_VECTOR(v2f16, 2, _Float16)
CW_VECTOR(v2bf16, 2, __bf16)
#undef CW_VECTOR
