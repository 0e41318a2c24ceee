// Surface reads and writes: bytes of an array, with a rule for what lies outside. CUDA Programming Guide, "Surface Functions".
#include <crosswarp/texture.h>

#include "operations/operation.h"
#include "operations/vectors.h"

#if defined(__AMDGCN__)
#define CW_SURFACE_MEMORY __attribute__((address_space(1)))
extern "C" [[noreturn]] void cw_trap() __asm__("__cw.trap");
#else
#define CW_SURFACE_MEMORY
#define cw_trap __builtin_trap  // the CPU device catches it
#endif

namespace {

enum class Boundary { trap, clamp, zero };

using Surface = const CW_SURFACE_MEMORY cw_surface*;
template <class T>
using Place = CW_SURFACE_MEMORY T*;

CW_INLINE int32_t limited(int32_t value, uint32_t count) {
  const auto most = static_cast<int32_t>(count) - 1;
  return value < 0 ? 0 : value > most ? most : value;
}

// The element's address; null outside where nothing is to be read or written.
template <class T, Boundary boundary>
CW_INLINE Place<T> place_of(uint64_t handle, int32_t x, int32_t y, int32_t z) {
  const auto s = reinterpret_cast<Surface>(handle);
  constexpr uint32_t size = sizeof(T);
  const bool inside = static_cast<uint32_t>(x) <= s->row_bytes - size && s->row_bytes >= size &&
                      static_cast<uint32_t>(y) < s->height && static_cast<uint32_t>(z) < s->depth;
  if (!inside) {
    if constexpr (boundary == Boundary::trap) cw_trap();
    if constexpr (boundary == Boundary::zero) return nullptr;
    const int32_t element = limited(x < 0 ? 0 : static_cast<int32_t>(static_cast<uint32_t>(x) / size), s->row_bytes / size);
    x = element * static_cast<int32_t>(size);
    y = limited(y, s->height);
    z = limited(z, s->depth);
  }
  const uint64_t row = s->base + static_cast<uint64_t>(z) * s->slice + static_cast<uint64_t>(y) * s->pitch;
  return reinterpret_cast<Place<T>>(row + static_cast<uint64_t>(x));
}

template <class T, Boundary boundary>
CW_INLINE T read(uint64_t handle, int32_t x, int32_t y, int32_t z) {
  const Place<T> place = place_of<T, boundary>(handle, x, y, z);
  return place != nullptr ? *place : T{};
}

template <class T, Boundary boundary>
CW_INLINE void write(uint64_t handle, int32_t x, int32_t y, int32_t z, T value) {
  const Place<T> place = place_of<T, boundary>(handle, x, y, z);
  if (place != nullptr) *place = value;
}

}  // namespace

#define CW_PARAMETERS(...) uint64_t handle, __VA_ARGS__
#define CW_SURFACE(boundary, type, T, name, c_name, parameters, x, y, z)                                                   \
  CW_DEFINE("__cw.suld." name "." #boundary "." #type, T, suld_##c_name##_##boundary##_##type, (parameters)) {             \
    return read<T, Boundary::boundary>(handle, x, y, z);                                                                   \
  }                                                                                                                        \
  CW_DEFINE("__cw.sust." name "." #boundary "." #type, void, sust_##c_name##_##boundary##_##type, (parameters, T value)) { \
    write<T, Boundary::boundary>(handle, x, y, z, value);                                                                  \
  }
#define CW_DIMENSIONS(boundary, type, T)                                                                    \
  CW_SURFACE(boundary, type, T, "1d", 1d, CW_PARAMETERS(int32_t x), x, 0, 0)                                \
  CW_SURFACE(boundary, type, T, "2d", 2d, CW_PARAMETERS(int32_t x, int32_t y), x, y, 0)                     \
  CW_SURFACE(boundary, type, T, "3d", 3d, CW_PARAMETERS(int32_t x, int32_t y, int32_t z), x, y, z)          \
  CW_SURFACE(boundary, type, T, "1d.array", 1d_array, CW_PARAMETERS(int32_t layer, int32_t x), x, 0, layer) \
  CW_SURFACE(boundary, type, T, "2d.array", 2d_array, CW_PARAMETERS(int32_t layer, int32_t x, int32_t y), x, y, layer)
#define CW_TYPES(boundary)              \
  CW_DIMENSIONS(boundary, i8, int8_t)   \
  CW_DIMENSIONS(boundary, i16, int16_t) \
  CW_DIMENSIONS(boundary, i32, int32_t) \
  CW_DIMENSIONS(boundary, i64, int64_t) \
  CW_DIMENSIONS(boundary, v4i32, CW_v4i32)
CW_TYPES(trap)
CW_TYPES(clamp)
CW_TYPES(zero)
