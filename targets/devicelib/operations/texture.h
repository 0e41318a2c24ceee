// Texture fetching in software: what the sampler's parts share (crosswarp/texture.h describes the descriptor).
//
// The arithmetic is that of the CUDA Programming Guide, "Texture Fetching": filter weights have 8 fractional bits. What the guide
// leaves open: weights round to nearest, NaN coordinates are 0, an element of weight 0 does not take part (so that a NaN beside it
// does not show), missing channels are 0, 0, 1.
#pragma once

#include <crosswarp/texture.h>

#include "operations/operation.h"
#include "operations/vectors.h"

#if defined(__AMDGCN__)
#define CW_TEXTURE_MEMORY __attribute__((address_space(1)))
#else
#define CW_TEXTURE_MEMORY
#endif

namespace cw::texture {

using Texture = const CW_TEXTURE_MEMORY cw_texture*;
using Level = const CW_TEXTURE_MEMORY cw_texture_level*;
using Bytes = const CW_TEXTURE_MEMORY uint8_t*;

CW_INLINE Texture texture_at(uint64_t handle) { return reinterpret_cast<Texture>(handle); }

template <class T>
CW_INLINE T load(Bytes from) {
  return *reinterpret_cast<const CW_TEXTURE_MEMORY T*>(from);
}

// Any element as four 32-bit channels.
CW_v4i32 decode_any(Texture t, Bytes from);

CW_INLINE CW_v4i32 decode(Texture t, Bytes from) {
  const bool whole = t->texel == CW_TEXEL_F32 || t->texel == CW_TEXEL_I32;
  if (whole && t->channels == 4) return load<CW_v4i32>(from);
  if (whole && t->channels == 1) {
    return CW_v4i32{load<int32_t>(from), 0, 0, t->texel == CW_TEXEL_F32 ? bit_cast<int32_t>(1.0f) : 1};
  }
  return decode_any(t, from);
}

CW_INLINE int32_t clamped(int32_t value, int32_t most) { return value < 0 ? 0 : value > most ? most : value; }

// The row index of an element; -1: the border. Wrapped coordinates leave the row by one at most.
constexpr int32_t kBorder = -1;
CW_INLINE int32_t index_of(int32_t i, uint32_t count, uint32_t mode) {
  if (static_cast<uint32_t>(i) < count) return i;
  if (mode == CW_ADDRESS_BORDER) return kBorder;
  const auto n = static_cast<int32_t>(count);
  if (mode == CW_ADDRESS_WRAP) return i < 0 ? n - 1 : 0;
  return i < 0 ? 0 : n - 1;
}

CW_INLINE float mirrored(float x) {
  const float whole = __builtin_elementwise_floor(x);
  const bool odd = whole - 2.0f * __builtin_elementwise_floor(whole * 0.5f) != 0.0f;
  return odd ? 1.0f - (x - whole) : x - whole;
}

// A coordinate counted in elements.
CW_INLINE float place_of(float x, uint32_t count, uint32_t mode, bool normalized) {
  if (normalized) {
    if (mode == CW_ADDRESS_WRAP) x -= __builtin_elementwise_floor(x);
    if (mode == CW_ADDRESS_MIRROR) x = mirrored(x);
    x *= static_cast<float>(count);
  }
  constexpr float kFar = 0x1p30f;  // beyond every element, and an int
  x = x == x ? x : 0.0f;
  return x < -kFar ? -kFar : x > kFar ? kFar : x;
}

CW_INLINE int32_t floor_of(float x) { return static_cast<int32_t>(__builtin_elementwise_floor(x)); }

CW_INLINE Bytes slice_of(Level level, int32_t slice) {
  return reinterpret_cast<Bytes>(level->base) + static_cast<uint64_t>(slice) * level->slice;
}

CW_INLINE CW_v4i32 border_of(Texture t) { return *reinterpret_cast<const CW_TEXTURE_MEMORY CW_v4i32*>(&t->border); }

// The element at (x, y) of a slice; any of them may be the border.
CW_INLINE CW_v4i32 element(Texture t, Level level, int32_t x, int32_t y, int32_t slice) {
  if ((x | y | slice) < 0) return border_of(t);
  const Bytes row = slice_of(level, slice) + static_cast<uint64_t>(y) * level->pitch;
  return decode(t, row + static_cast<uint64_t>(x) * t->element_bytes);
}

// Two neighbours along one dimension and their weights.
struct Pair {
  int32_t index[2];
  float weight[2];
};

// Of a row without ends.
CW_INLINE Pair free_pair(float place) {
  const float x = place - 0.5f;
  const float whole = __builtin_elementwise_floor(x);
  const float second = __builtin_elementwise_floor((x - whole) * 256.0f + 0.5f) * 0x1p-8f;
  const auto i = static_cast<int32_t>(whole);
  return Pair{{i, i + 1}, {1.0f - second, second}};
}

CW_INLINE Pair pair_at(float place, uint32_t count, uint32_t mode) {
  const Pair free = free_pair(place);
  return Pair{{index_of(free.index[0], count, mode), index_of(free.index[1], count, mode)}, {free.weight[0], free.weight[1]}};
}

CW_INLINE void blend(CW_v4f32& sum, float weight, CW_v4i32 element) {
  if (weight != 0.0f) sum += weight * bit_cast<CW_v4f32>(element);
}

// A face of a cube and where a direction meets it, both coordinates from 0 to 1.
struct FacePoint {
  int32_t face;
  float s, t;
};

// The length of the direction's longest component, and the two others, as the guide's table of cube maps orders them.
struct FaceAxes {
  int32_t face;
  float major, s, t;
};
CW_INLINE FaceAxes axes_of(int32_t face, float x, float y, float z) {
  switch (face) {
    case 0:
      return {face, x, -z, -y};
    case 1:
      return {face, -x, z, -y};
    case 2:
      return {face, y, x, z};
    case 3:
      return {face, -y, x, -z};
    case 4:
      return {face, z, x, -y};
    default:
      return {face, -z, -x, -y};
  }
}
CW_INLINE int32_t face_of(float x, float y, float z) {
  const float ax = __builtin_fabsf(x), ay = __builtin_fabsf(y), az = __builtin_fabsf(z);
  if (ax >= ay && ax >= az) return x >= 0.0f ? 0 : 1;
  if (ay >= az) return y >= 0.0f ? 2 : 3;
  return z >= 0.0f ? 4 : 5;
}
CW_INLINE FacePoint meet(float x, float y, float z) {
  const FaceAxes a = axes_of(face_of(x, y, z), x, y, z);
  return {a.face, (a.s / a.major + 1.0f) * 0.5f, (a.t / a.major + 1.0f) * 0.5f};
}

CW_INLINE bool is_linear(Texture t) { return (t->flags & CW_TEXTURE_LINEAR) != 0; }
CW_INLINE bool is_normalized(Texture t) { return (t->flags & CW_TEXTURE_NORMALIZED) != 0; }

CW_INLINE float place(Texture t, int dimension, float x, uint32_t count) {
  return place_of(x, count, t->address[dimension], is_normalized(t));
}
CW_INLINE int32_t nearest(Texture t, int dimension, float x, uint32_t count) {
  return index_of(floor_of(place(t, dimension, x, count)), count, t->address[dimension]);
}

// The nearest element of one level. `layer` is in range; for one and two dimensions it is the slice.
CW_INLINE CW_v4i32 point_1d(Texture t, Level level, float x, int32_t layer) {
  return element(t, level, nearest(t, 0, x, level->width), 0, layer);
}
CW_INLINE CW_v4i32 point_2d(Texture t, Level level, float x, float y, int32_t layer) {
  return element(t, level, nearest(t, 0, x, level->width), nearest(t, 1, y, level->height), layer);
}
CW_INLINE CW_v4i32 point_3d(Texture t, Level level, float x, float y, float z) {
  return element(t, level, nearest(t, 0, x, level->width), nearest(t, 1, y, level->height), nearest(t, 2, z, level->depth));
}
// The weighted sum of its neighbours. Out of line, as everything that follows: one copy in a module.
CW_v4i32 linear_1d(Texture t, Level level, float x, int32_t layer);
CW_v4i32 linear_2d(Texture t, Level level, float x, float y, int32_t layer);
CW_v4i32 linear_3d(Texture t, Level level, float x, float y, float z);

// One of the two, as the texture asks.
CW_v4i32 sample_1d(Texture t, uint32_t level, float x, int32_t layer);
CW_v4i32 sample_2d(Texture t, uint32_t level, float x, float y, int32_t layer);
CW_v4i32 sample_3d(Texture t, uint32_t level, float x, float y, float z);
// `direction` need not have length 1.
CW_v4i32 sample_cube(Texture t, uint32_t level, float x, float y, float z, int32_t cube);

}  // namespace cw::texture
