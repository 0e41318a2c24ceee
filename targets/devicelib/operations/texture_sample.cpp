// Samples of one level of a texture: the nearest element, or the weighted sum of its neighbours.
#include "operations/texture.h"

namespace cw::texture {
namespace {

CW_INLINE Pair pair(Texture t, int dimension, float x, uint32_t count) {
  return pair_at(place(t, dimension, x, count), count, t->address[dimension]);
}

CW_INLINE void blend_row(CW_v4f32& sum, Texture t, Level level, const Pair& x, float weight, int32_t y, int32_t slice) {
  blend(sum, weight * x.weight[0], element(t, level, x.index[0], y, slice));
  blend(sum, weight * x.weight[1], element(t, level, x.index[1], y, slice));
}

}  // namespace

[[gnu::noinline]] CW_v4i32 linear_1d(Texture t, Level level, float x, int32_t layer) {
  CW_v4f32 sum = {};
  blend_row(sum, t, level, pair(t, 0, x, level->width), 1.0f, 0, layer);
  return bit_cast<CW_v4i32>(sum);
}

[[gnu::noinline]] CW_v4i32 linear_2d(Texture t, Level level, float x, float y, int32_t layer) {
  const Pair across = pair(t, 0, x, level->width), down = pair(t, 1, y, level->height);
  CW_v4f32 sum = {};
  for (int j = 0; j < 2; ++j) blend_row(sum, t, level, across, down.weight[j], down.index[j], layer);
  return bit_cast<CW_v4i32>(sum);
}

[[gnu::noinline]] CW_v4i32 linear_3d(Texture t, Level level, float x, float y, float z) {
  const Pair across = pair(t, 0, x, level->width), down = pair(t, 1, y, level->height), deep = pair(t, 2, z, level->depth);
  CW_v4f32 sum = {};
  for (int k = 0; k < 2; ++k) {
    for (int j = 0; j < 2; ++j) {
      blend_row(sum, t, level, across, deep.weight[k] * down.weight[j], down.index[j], deep.index[k]);
    }
  }
  return bit_cast<CW_v4i32>(sum);
}

[[gnu::noinline]] CW_v4i32 sample_1d(Texture t, uint32_t level, float x, int32_t layer) {
  return is_linear(t) ? linear_1d(t, &t->level[level], x, layer) : point_1d(t, &t->level[level], x, layer);
}

[[gnu::noinline]] CW_v4i32 sample_2d(Texture t, uint32_t level, float x, float y, int32_t layer) {
  return is_linear(t) ? linear_2d(t, &t->level[level], x, y, layer) : point_2d(t, &t->level[level], x, y, layer);
}

[[gnu::noinline]] CW_v4i32 sample_3d(Texture t, uint32_t level, float x, float y, float z) {
  return is_linear(t) ? linear_3d(t, &t->level[level], x, y, z) : point_3d(t, &t->level[level], x, y, z);
}

}  // namespace cw::texture
