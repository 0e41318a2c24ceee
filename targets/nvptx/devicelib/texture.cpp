// Texture operations on NVIDIA's texture units. PTX ISA, "tex", "tld4".
//
// Textures do not change while a kernel reads them, so the statements are not volatile. PTX wants vectors of one, two or four
// coordinates: a third is given twice.
#include "define.h"

#define CW_RESULTS(form, ...) \
  form(f32, CW_v4f32, "f", __VA_ARGS__) form(s32, CW_v4i32, "r", __VA_ARGS__) form(u32, CW_v4i32, "r", __VA_ARGS__)
// `place`: the coordinates and what follows them, from operand %5 on.
#define CW_TEXTURE(type, T, constraint, name, c_name, instruction, coordinate, parameters, place, ...) \
  CW_DEFINE("__cw.tex." name "." #type, T, tex_##c_name##_##type, parameters) {                        \
    T v;                                                                                               \
    asm(instruction ".v4." #type "." coordinate " {%0, %1, %2, %3}, [%4, " place ";"                   \
        : "=" constraint(v.x), "=" constraint(v.y), "=" constraint(v.z), "=" constraint(v.w)           \
        : "l"(handle), __VA_ARGS__);                                                                   \
    return v;                                                                                          \
  }
#define CW_PARAMETERS(...) (uint64_t handle, __VA_ARGS__)
#define CW_2(v) "f"(v.x), "f"(v.y)
#define CW_3(v) "f"(v.x), "f"(v.y), "f"(v.z)

CW_RESULTS(CW_TEXTURE, "fetch", fetch, "tex.1d", "s32", CW_PARAMETERS(int32_t x), "{%5}]", "r"(x))

// Each dimension with no level, a level, and derivatives.
#define CW_DIMENSION_1D(type, T, r, ...)                                                                                          \
  CW_TEXTURE(type, T, r, "1d", 1d, "tex.1d", "f32", CW_PARAMETERS(float x), "{%5}]", "f"(x))                                      \
  CW_TEXTURE(type, T, r, "level.1d", level_1d, "tex.level.1d", "f32", CW_PARAMETERS(float x, float l), "{%5}], %6", "f"(x),       \
             "f"(l))                                                                                                              \
  CW_TEXTURE(type, T, r, "grad.1d", grad_1d, "tex.grad.1d", "f32", CW_PARAMETERS(float x, float a, float b), "{%5}], {%6}, {%7}", \
             "f"(x), "f"(a), "f"(b))                                                                                              \
  CW_TEXTURE(type, T, r, "1d.array", 1d_array, "tex.a1d", "f32", CW_PARAMETERS(int32_t n, float x), "{%5, %6}]", "r"(n), "f"(x))  \
  CW_TEXTURE(type, T, r, "level.1d.array", level_1d_array, "tex.level.a1d", "f32", CW_PARAMETERS(int32_t n, float x, float l),    \
             "{%5, %6}], %7", "r"(n), "f"(x), "f"(l))                                                                             \
  CW_TEXTURE(type, T, r, "grad.1d.array", grad_1d_array, "tex.grad.a1d", "f32",                                                   \
             CW_PARAMETERS(int32_t n, float x, float a, float b), "{%5, %6}], {%7}, {%8}", "r"(n), "f"(x), "f"(a), "f"(b))
#define CW_DIMENSION_2D(type, T, r, ...)                                                                                          \
  CW_TEXTURE(type, T, r, "2d", 2d, "tex.2d", "f32", CW_PARAMETERS(float x, float y), "{%5, %6}]", "f"(x), "f"(y))                 \
  CW_TEXTURE(type, T, r, "level.2d", level_2d, "tex.level.2d", "f32", CW_PARAMETERS(float x, float y, float l), "{%5, %6}], %7",  \
             "f"(x), "f"(y), "f"(l))                                                                                              \
  CW_TEXTURE(type, T, r, "grad.2d", grad_2d, "tex.grad.2d", "f32", CW_PARAMETERS(float x, float y, CW_v2f32 a, CW_v2f32 b),       \
             "{%5, %6}], {%7, %8}, {%9, %10}", "f"(x), "f"(y), CW_2(a), CW_2(b))                                                  \
  CW_TEXTURE(type, T, r, "2d.array", 2d_array, "tex.a2d", "f32", CW_PARAMETERS(int32_t n, float x, float y), "{%5, %6, %7, %7}]", \
             "r"(n), "f"(x), "f"(y))                                                                                              \
  CW_TEXTURE(type, T, r, "level.2d.array", level_2d_array, "tex.level.a2d", "f32",                                                \
             CW_PARAMETERS(int32_t n, float x, float y, float l), "{%5, %6, %7, %7}], %8", "r"(n), "f"(x), "f"(y), "f"(l))        \
  CW_TEXTURE(type, T, r, "grad.2d.array", grad_2d_array, "tex.grad.a2d", "f32",                                                   \
             CW_PARAMETERS(int32_t n, float x, float y, CW_v2f32 a, CW_v2f32 b), "{%5, %6, %7, %7}], {%8, %9}, {%10, %11}",       \
             "r"(n), "f"(x), "f"(y), CW_2(a), CW_2(b))
#define CW_DIMENSION_3(type, T, r, name, c_name, ptx)                                                                            \
  CW_TEXTURE(type, T, r, name, c_name, "tex." ptx, "f32", CW_PARAMETERS(float x, float y, float z), "{%5, %6, %7, %7}]", "f"(x), \
             "f"(y), "f"(z))                                                                                                     \
  CW_TEXTURE(type, T, r, "level." name, level_##c_name, "tex.level." ptx, "f32",                                                 \
             CW_PARAMETERS(float x, float y, float z, float l), "{%5, %6, %7, %7}], %8", "f"(x), "f"(y), "f"(z), "f"(l))         \
  CW_TEXTURE(type, T, r, "grad." name, grad_##c_name, "tex.grad." ptx, "f32",                                                    \
             CW_PARAMETERS(float x, float y, float z, CW_v4f32 a, CW_v4f32 b),                                                   \
             "{%5, %6, %7, %7}], {%8, %9, %10, %10}, {%11, %12, %13, %13}", "f"(x), "f"(y), "f"(z), CW_3(a), CW_3(b))
#define CW_CUBE_ARRAY(type, T, r, ...)                                                                                      \
  CW_TEXTURE(type, T, r, "cube.array", cube_array, "tex.acube", "f32", CW_PARAMETERS(int32_t n, float x, float y, float z), \
             "{%5, %6, %7, %8}]", "r"(n), "f"(x), "f"(y), "f"(z))                                                           \
  CW_TEXTURE(type, T, r, "level.cube.array", level_cube_array, "tex.level.acube", "f32",                                    \
             CW_PARAMETERS(int32_t n, float x, float y, float z, float l), "{%5, %6, %7, %8}], %9", "r"(n), "f"(x), "f"(y), \
             "f"(z), "f"(l))                                                                                                \
  CW_TEXTURE(type, T, r, "grad.cube.array", grad_cube_array, "tex.grad.acube", "f32",                                       \
             CW_PARAMETERS(int32_t n, float x, float y, float z, CW_v4f32 a, CW_v4f32 b),                                   \
             "{%5, %6, %7, %8}], {%9, %10, %11, %11}, {%12, %13, %14, %14}", "r"(n), "f"(x), "f"(y), "f"(z), CW_3(a), CW_3(b))
CW_RESULTS(CW_DIMENSION_1D, )
CW_RESULTS(CW_DIMENSION_2D, )
CW_RESULTS(CW_DIMENSION_3, "3d", 3d, "3d")
CW_RESULTS(CW_DIMENSION_3, "cube", cube, "cube")
CW_RESULTS(CW_CUBE_ARRAY, )

// The channel of a gather is part of the instruction; programs give constants.
#define CW_GATHER(type, T, r, ...)                                                                        \
  CW_GATHERED(type, T, r, "r", red)                                                                       \
  CW_GATHERED(type, T, r, "g", green)                                                                     \
  CW_GATHERED(type, T, r, "b", blue)                                                                      \
  CW_GATHERED(type, T, r, "a", alpha)                                                                     \
  CW_DEFINE("__cw.tex.gather." #type, T, tex_gather_##type, CW_PARAMETERS(float x, float y, int32_t n)) { \
    switch (n & 3) {                                                                                      \
      case 0:                                                                                             \
        return gather_red_##type(handle, x, y);                                                           \
      case 1:                                                                                             \
        return gather_green_##type(handle, x, y);                                                         \
      case 2:                                                                                             \
        return gather_blue_##type(handle, x, y);                                                          \
      default:                                                                                            \
        return gather_alpha_##type(handle, x, y);                                                         \
    }                                                                                                     \
  }
#define CW_GATHERED(type, T, constraint, channel, name)                                      \
  CW_INLINE T gather_##name##_##type CW_PARAMETERS(float x, float y) {                       \
    T v;                                                                                     \
    asm("tld4." channel ".2d.v4." #type ".f32 {%0, %1, %2, %3}, [%4, {%5, %6}];"             \
        : "=" constraint(v.x), "=" constraint(v.y), "=" constraint(v.z), "=" constraint(v.w) \
        : "l"(handle), "f"(x), "f"(y));                                                      \
    return v;                                                                                \
  }
CW_RESULTS(CW_GATHER, )
