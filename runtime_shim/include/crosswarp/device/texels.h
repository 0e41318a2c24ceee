// Element types of textures: how an operation's four channels become one (CUDA Programming Guide, "Texture Memory").
#ifndef CROSSWARP_DEVICE_TEXELS_H
#define CROSSWARP_DEVICE_TEXELS_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "../operations.h"
#include "qualifiers.h"

namespace __cw {
struct f32_texels {
  typedef CW_v4f32 channels;
};
struct s32_texels {
  typedef CW_v4i32 channels;
};
struct u32_texels {
  typedef CW_v4i32 channels;
};

// `results`: which of an operation's results is read. Types without a specialisation are no element types.
template <class __T>
struct texel;
#define CW_TEXEL(__T, kind, ...)                    \
  template <>                                       \
  struct texel<__T> {                               \
    typedef kind##_texels results;                  \
    CW_DEVICE __T from(kind##_texels::channels v) { \
      typedef decltype(__T::x) __E;                 \
      return __T{__VA_ARGS__};                      \
    }                                               \
  };
#define CW_SCALAR_TEXEL(__T, kind)                                     \
  template <>                                                          \
  struct texel<__T> {                                                  \
    typedef kind##_texels results;                                     \
    CW_DEVICE __T from(kind##_texels::channels v) { return (__T)v.x; } \
  };
#define CW_TEXELS(scalar, vector, kind)         \
  CW_SCALAR_TEXEL(scalar, kind)                 \
  CW_TEXEL(vector##1, kind, (__E)v.x)           \
  CW_TEXEL(vector##2, kind, (__E)v.x, (__E)v.y) \
  CW_TEXEL(vector##4, kind, (__E)v.x, (__E)v.y, (__E)v.z, (__E)v.w)
CW_TEXELS(signed char, char, s32)
CW_TEXELS(unsigned char, uchar, u32)
CW_TEXELS(short, short, s32)
CW_TEXELS(unsigned short, ushort, u32)
CW_TEXELS(int, int, s32)
CW_TEXELS(unsigned int, uint, u32)
CW_TEXELS(float, float, f32)
CW_SCALAR_TEXEL(char, s32)
#undef CW_TEXELS
#undef CW_TEXEL
#undef CW_SCALAR_TEXEL

// One function a texture operation, overloaded by the result's kind.
#define CW_KINDS(name, parameters, arguments)                                                      \
  CW_DEVICE CW_v4f32 name(f32_texels, CW_PLAIN parameters) { return __cw_##name##_f32 arguments; } \
  CW_DEVICE CW_v4i32 name(s32_texels, CW_PLAIN parameters) { return __cw_##name##_s32 arguments; } \
  CW_DEVICE CW_v4i32 name(u32_texels, CW_PLAIN parameters) { return __cw_##name##_u32 arguments; }
#define CW_PLAIN(...) __VA_ARGS__
#define CW_SAMPLED(dim, parameters, arguments, change, changes)                                                       \
  CW_KINDS(tex_##dim, (unsigned long long h, CW_PLAIN parameters), (h, CW_PLAIN arguments))                           \
  CW_KINDS(tex_level_##dim, (unsigned long long h, CW_PLAIN parameters, float level), (h, CW_PLAIN arguments, level)) \
  CW_KINDS(tex_grad_##dim, (unsigned long long h, CW_PLAIN parameters, change dx, change dy),                         \
           (h, CW_PLAIN arguments, changes(dx), changes(dy)))
#define CW_SAME(x) x
#define CW_AS_V2(v) \
  CW_v2f32 { v.x, v.y }
#define CW_AS_V4(v) \
  CW_v4f32 { v.x, v.y, v.z, v.w }
CW_KINDS(tex_fetch, (unsigned long long h, int x), (h, x))
CW_KINDS(tex_gather, (unsigned long long h, float x, float y, int channel), (h, x, y, channel))
CW_SAMPLED(1d, (float x), (x), float, CW_SAME)
CW_SAMPLED(2d, (float x, float y), (x, y), float2, CW_AS_V2)
CW_SAMPLED(3d, (float x, float y, float z), (x, y, z), float4, CW_AS_V4)
CW_SAMPLED(cube, (float x, float y, float z), (x, y, z), float4, CW_AS_V4)
CW_SAMPLED(1d_array, (int layer, float x), (layer, x), float, CW_SAME)
CW_SAMPLED(2d_array, (int layer, float x, float y), (layer, x, y), float2, CW_AS_V2)
CW_SAMPLED(cube_array, (int layer, float x, float y, float z), (layer, x, y, z), float4, CW_AS_V4)
#undef CW_KINDS
#undef CW_PLAIN
#undef CW_SAMPLED
#undef CW_SAME
#undef CW_AS_V2
#undef CW_AS_V4
}  // namespace __cw

#endif
