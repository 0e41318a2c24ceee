// Surface operations on NVIDIA's surface units. PTX ISA, "suld", "sust".
#include "define.h"

// One instruction for each size of an element. `place` names the coordinates among the operands: %1 the handle, %2 to %4 three
// integers; for elements of four registers %4, and %5 to %7.
#define CW_LOAD(instruction, boundary, place, width, T, Register, r)                        \
  CW_INLINE void load_##boundary(uint64_t handle, int32_t a, int32_t b, int32_t c, T* to) { \
    Register value;                                                                         \
    asm volatile("suld.b." instruction "." width "." #boundary " {%0}, [%1, " place "];"    \
                 : "=" r(value)                                                             \
                 : "l"(handle), "r"(a), "r"(b), "r"(c)                                      \
                 : "memory");                                                               \
    *to = static_cast<T>(value);                                                            \
  }
#define CW_STORE(instruction, boundary, place, width, T, Register, r)                                                       \
  CW_INLINE void store_##boundary(uint64_t handle, int32_t a, int32_t b, int32_t c, T value) {                              \
    asm volatile("sust.b." instruction "." width "." #boundary " [%1, " place "], {%0};" ::r(Register(value)), "l"(handle), \
                 "r"(a), "r"(b), "r"(c)                                                                                     \
                 : "memory");                                                                                               \
  }
#define CW_ACCESS(...) CW_LOAD(__VA_ARGS__) CW_STORE(__VA_ARGS__)
#define CW_ACCESS_4(instruction, boundary, place)                                                                                 \
  CW_INLINE void load_##boundary(uint64_t handle, int32_t a, int32_t b, int32_t c, CW_v4i32* to) {                                \
    CW_v4i32 v;                                                                                                                   \
    asm volatile("suld.b." instruction ".v4.b32." #boundary " {%0, %1, %2, %3}, [%4, " place "];"                                 \
                 : "=r"(v.x), "=r"(v.y), "=r"(v.z), "=r"(v.w)                                                                     \
                 : "l"(handle), "r"(a), "r"(b), "r"(c)                                                                            \
                 : "memory");                                                                                                     \
    *to = v;                                                                                                                      \
  }                                                                                                                               \
  CW_INLINE void store_##boundary(uint64_t handle, int32_t a, int32_t b, int32_t c, CW_v4i32 v) {                                 \
    asm volatile("sust.b." instruction ".v4.b32." #boundary " [%4, " place "], {%0, %1, %2, %3};" ::"r"(v.x), "r"(v.y), "r"(v.z), \
                 "r"(v.w), "l"(handle), "r"(a), "r"(b), "r"(c)                                                                    \
                 : "memory");                                                                                                     \
  }
#define CW_BOUNDARY(instruction, boundary, place, place_4)              \
  CW_ACCESS(instruction, boundary, place, "b8", int8_t, int16_t, "h")   \
  CW_ACCESS(instruction, boundary, place, "b16", int16_t, int16_t, "h") \
  CW_ACCESS(instruction, boundary, place, "b32", int32_t, int32_t, "r") \
  CW_ACCESS(instruction, boundary, place, "b64", int64_t, int64_t, "l") \
  CW_ACCESS_4(instruction, boundary, place_4)
#define CW_UNIT(name, instruction, place, place_4)  \
  struct name {                                     \
    CW_BOUNDARY(instruction, trap, place, place_4)  \
    CW_BOUNDARY(instruction, clamp, place, place_4) \
    CW_BOUNDARY(instruction, zero, place, place_4)  \
  };

namespace {

CW_UNIT(Unit1D, "1d", "{%2}", "{%5}")
CW_UNIT(Unit2D, "2d", "{%2, %3}", "{%5, %6}")
CW_UNIT(Unit3D, "3d", "{%2, %3, %4, %4}", "{%5, %6, %7, %7}")
CW_UNIT(Unit1DArray, "a1d", "{%2, %3}", "{%5, %6}")
CW_UNIT(Unit2DArray, "a2d", "{%2, %3, %4, %4}", "{%5, %6, %7, %7}")

}  // namespace

#define CW_PARAMETERS(...) uint64_t handle, __VA_ARGS__
#define CW_SURFACE(boundary, type, T, name, c_name, Unit, parameters, a, b, c)                                             \
  CW_DEFINE("__cw.suld." name "." #boundary "." #type, T, suld_##c_name##_##boundary##_##type, (parameters)) {             \
    T value;                                                                                                               \
    Unit::load_##boundary(handle, a, b, c, &value);                                                                        \
    return value;                                                                                                          \
  }                                                                                                                        \
  CW_DEFINE("__cw.sust." name "." #boundary "." #type, void, sust_##c_name##_##boundary##_##type, (parameters, T value)) { \
    Unit::store_##boundary(handle, a, b, c, value);                                                                        \
  }
#define CW_DIMENSIONS(boundary, type, T)                                                                         \
  CW_SURFACE(boundary, type, T, "1d", 1d, Unit1D, CW_PARAMETERS(int32_t x), x, 0, 0)                             \
  CW_SURFACE(boundary, type, T, "2d", 2d, Unit2D, CW_PARAMETERS(int32_t x, int32_t y), x, y, 0)                  \
  CW_SURFACE(boundary, type, T, "3d", 3d, Unit3D, CW_PARAMETERS(int32_t x, int32_t y, int32_t z), x, y, z)       \
  CW_SURFACE(boundary, type, T, "1d.array", 1d_array, Unit1DArray, CW_PARAMETERS(int32_t n, int32_t x), n, x, 0) \
  CW_SURFACE(boundary, type, T, "2d.array", 2d_array, Unit2DArray, CW_PARAMETERS(int32_t n, int32_t x, int32_t y), n, x, y)
#define CW_TYPES(boundary)              \
  CW_DIMENSIONS(boundary, i8, int8_t)   \
  CW_DIMENSIONS(boundary, i16, int16_t) \
  CW_DIMENSIONS(boundary, i32, int32_t) \
  CW_DIMENSIONS(boundary, i64, int64_t) \
  CW_DIMENSIONS(boundary, v4i32, CW_v4i32)
CW_TYPES(trap)
CW_TYPES(clamp)
CW_TYPES(zero)
