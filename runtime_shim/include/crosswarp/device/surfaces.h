// Reads and writes of surface objects: surf2Dread, surf2Dwrite, ... (CUDA Programming Guide, "Surface Object API").
#ifndef CROSSWARP_DEVICE_SURFACES_H
#define CROSSWARP_DEVICE_SURFACES_H
#pragma GCC system_header

#include "../api/texture_types.h"
#include "../operations.h"
#include "qualifiers.h"

namespace __cw {
// Elements are 1, 2, 4, 8 or 16 bytes, whatever they mean.
template <unsigned long bytes>
struct surface_element;
#define CW_ELEMENT(bytes, __T)    \
  template <>                     \
  struct surface_element<bytes> { \
    typedef __T type;             \
  };
CW_ELEMENT(1, signed char)
CW_ELEMENT(2, short)
CW_ELEMENT(4, int)
CW_ELEMENT(8, long long)
CW_ELEMENT(16, CW_v4i32)
#undef CW_ELEMENT

// One function an operation, overloaded by the element: reads through a pointer to it.
#define CW_PLAIN(...) __VA_ARGS__
#define CW_ACCESS(dim, type, __T, parameters, arguments)                                                         \
  CW_DEVICE void suld_##dim(__T* to, unsigned long long h, CW_PLAIN parameters, cudaSurfaceBoundaryMode mode) {  \
    *to = mode == cudaBoundaryModeTrap    ? __cw_suld_##dim##_trap_##type(h, CW_PLAIN arguments)                 \
          : mode == cudaBoundaryModeClamp ? __cw_suld_##dim##_clamp_##type(h, CW_PLAIN arguments)                \
                                          : __cw_suld_##dim##_zero_##type(h, CW_PLAIN arguments);                \
  }                                                                                                              \
  CW_DEVICE void sust_##dim(__T from, unsigned long long h, CW_PLAIN parameters, cudaSurfaceBoundaryMode mode) { \
    if (mode == cudaBoundaryModeTrap) {                                                                          \
      __cw_sust_##dim##_trap_##type(h, CW_PLAIN arguments, from);                                                \
    } else if (mode == cudaBoundaryModeClamp) {                                                                  \
      __cw_sust_##dim##_clamp_##type(h, CW_PLAIN arguments, from);                                               \
    } else {                                                                                                     \
      __cw_sust_##dim##_zero_##type(h, CW_PLAIN arguments, from);                                                \
    }                                                                                                            \
  }
#define CW_ACCESSES(dim, parameters, arguments)          \
  CW_ACCESS(dim, i8, signed char, parameters, arguments) \
  CW_ACCESS(dim, i16, short, parameters, arguments)      \
  CW_ACCESS(dim, i32, int, parameters, arguments)        \
  CW_ACCESS(dim, i64, long long, parameters, arguments)  \
  CW_ACCESS(dim, v4i32, CW_v4i32, parameters, arguments)
CW_ACCESSES(1d, (int x), (x))
CW_ACCESSES(2d, (int x, int y), (x, y))
CW_ACCESSES(3d, (int x, int y, int z), (x, y, z))
CW_ACCESSES(1d_array, (int layer, int x), (layer, x))
CW_ACCESSES(2d_array, (int layer, int x, int y), (layer, x, y))
#undef CW_ACCESSES
#undef CW_ACCESS
}  // namespace __cw

#define CW_SURFACE_FUNCTION(name, dimension, operation, parameters, arguments)                                                     \
  template <class __T>                                                                                                             \
  CW_DEVICE __T name##read(cudaSurfaceObject_t object, CW_PLAIN parameters, cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) { \
    typename __cw::surface_element<sizeof(__T)>::type element;                                                                     \
    __cw::suld_##operation(&element, object, CW_PLAIN arguments, mode);                                                            \
    return __cw::bits_as<__T>(element);                                                                                            \
  }                                                                                                                                \
  template <class __T>                                                                                                             \
  CW_DEVICE void name##read(__T* result, cudaSurfaceObject_t object, CW_PLAIN parameters,                                          \
                            cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                                                 \
    typename __cw::surface_element<sizeof(__T)>::type element;                                                                     \
    __cw::suld_##operation(&element, object, CW_PLAIN arguments, mode);                                                            \
    *result = __cw::bits_as<__T>(element);                                                                                         \
  }                                                                                                                                \
  template <class __T>                                                                                                             \
  CW_DEVICE void name##write(__T value, cudaSurfaceObject_t object, CW_PLAIN parameters,                                           \
                             cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                                                \
    typedef typename __cw::surface_element<sizeof(__T)>::type element;                                                             \
    __cw::sust_##operation(__cw::bits_as<element>(value), object, CW_PLAIN arguments, mode);                                       \
  }
#include "surface_functions.inc"
#undef CW_SURFACE_FUNCTION
#undef CW_PLAIN

#endif
