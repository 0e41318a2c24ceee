// Texture operations: layers, levels of detail, results.
//
// An explicit level has the texture's bias added, is limited as the texture asks, then to the levels there are; without one level 0
// is read. Derivatives give the level as log2 of the longer of the two, measured in elements; filtering stays isotropic whatever
// maxAnisotropy asks for.
#include "operations/texture.h"

extern "C" __attribute__((const)) float cw_log2(float) __asm__("__cw.math.log2.f32");

namespace cw::texture {
namespace {

CW_INLINE int32_t layer_of(Texture t, int32_t layer) { return clamped(layer, static_cast<int32_t>(t->layers) - 1); }
CW_INLINE int32_t cube_of(Texture t, int32_t cube) { return clamped(cube, static_cast<int32_t>(t->layers) / 6 - 1); }

CW_INLINE float limited_level(Texture t, float level) {
  level += t->level_bias;
  level = level > t->min_level ? level : t->min_level;  // a NaN too
  level = level < t->max_level ? level : t->max_level;
  const float most = static_cast<float>(t->levels - 1);
  return level > 0.0f ? (level < most ? level : most) : 0.0f;
}

// `sample(level)` at a level of detail: of the nearest level, or a blend of two.
template <class Sample>
CW_INLINE CW_v4i32 at_level(Texture t, float detail, Sample sample) {
  if (t->levels == 1) return sample(0u);
  const float level = limited_level(t, detail);
  if ((t->flags & CW_TEXTURE_MIP_LINEAR) == 0) return sample(static_cast<uint32_t>(level + 0.5f));
  const auto finer = static_cast<uint32_t>(level);
  const float weight = __builtin_elementwise_floor((level - static_cast<float>(finer)) * 256.0f + 0.5f) * 0x1p-8f;
  CW_v4f32 sum = {};
  blend(sum, 1.0f - weight, sample(finer));
  if (weight != 0.0f) blend(sum, weight, sample(finer + 1));
  return bit_cast<CW_v4i32>(sum);
}

// Elements for one unit of a coordinate.
CW_INLINE float scale(Texture t, uint32_t count) { return is_normalized(t) ? static_cast<float>(count) : 1.0f; }

CW_INLINE float length2(float x, float y, float z) { return x * x + y * y + z * z; }

CW_INLINE float level_for(float a, float b) { return 0.5f * cw_log2(a > b ? a : b); }

CW_INLINE float level_1d(Texture t, float dx, float dy) {
  const float w = scale(t, t->level[0].width);
  return level_for(length2(dx * w, 0, 0), length2(dy * w, 0, 0));
}
CW_INLINE float level_2d(Texture t, CW_v2f32 dx, CW_v2f32 dy) {
  const float w = scale(t, t->level[0].width), h = scale(t, t->level[0].height);
  return level_for(length2(dx.x * w, dx.y * h, 0), length2(dy.x * w, dy.y * h, 0));
}
CW_INLINE float level_3d(Texture t, CW_v4f32 dx, CW_v4f32 dy) {
  const float w = scale(t, t->level[0].width), h = scale(t, t->level[0].height), d = scale(t, t->level[0].depth);
  return level_for(length2(dx.x * w, dx.y * h, dx.z * d), length2(dy.x * w, dy.y * h, dy.z * d));
}

// How fast the point on the face moves when the direction does: the quotient rule on s / major and t / major.
CW_INLINE float face_speed2(const FaceAxes& at, CW_v4f32 change, float elements) {
  const FaceAxes by = axes_of(at.face, change.x, change.y, change.z);
  const float k = 0.5f * elements / (at.major * at.major);
  return length2(k * (by.s * at.major - at.s * by.major), k * (by.t * at.major - at.t * by.major), 0);
}
CW_INLINE float level_cube(Texture t, float x, float y, float z, CW_v4f32 dx, CW_v4f32 dy) {
  const FaceAxes at = axes_of(face_of(x, y, z), x, y, z);
  const auto n = static_cast<float>(t->level[0].width);
  return level_for(face_speed2(at, dx, n), face_speed2(at, dy, n));
}

CW_INLINE CW_v4i32 fetch(Texture t, int32_t x) {
  const Level level = &t->level[0];
  if (static_cast<uint32_t>(x) >= level->width) return CW_v4i32{0, 0, 0, 0};
  return decode(t, reinterpret_cast<Bytes>(level->base) + static_cast<uint64_t>(x) * t->element_bytes);
}

// What programs use most is worth a copy in each place.
CW_INLINE CW_v4i32 direct_1d(Texture t, float x) {
  return is_linear(t) ? linear_1d(t, &t->level[0], x, 0) : point_1d(t, &t->level[0], x, 0);
}
CW_INLINE CW_v4i32 direct_2d(Texture t, float x, float y) {
  return is_linear(t) ? linear_2d(t, &t->level[0], x, y, 0) : point_2d(t, &t->level[0], x, y, 0);
}

CW_INLINE CW_v4i32 gather(Texture t, float x, float y, uint32_t channel) {
  const Level level = &t->level[0];
  const Pair across = pair_at(place(t, 0, x, level->width), level->width, t->address[0]);
  const Pair down = pair_at(place(t, 1, y, level->height), level->height, t->address[1]);
  CW_v4i32 out;
  out.x = element(t, level, across.index[0], down.index[1], 0)[channel & 3];
  out.y = element(t, level, across.index[1], down.index[1], 0)[channel & 3];
  out.z = element(t, level, across.index[1], down.index[0], 0)[channel & 3];
  out.w = element(t, level, across.index[0], down.index[0], 0)[channel & 3];
  return out;
}

}  // namespace

// One operation with its three results. `expression` sees `t` and the parameters.
#define CW_TEXTURE(name, c_name, parameters, expression)         \
  CW_RESULT(name, c_name, f32, CW_v4f32, parameters, expression) \
  CW_RESULT(name, c_name, s32, CW_v4i32, parameters, expression) \
  CW_RESULT(name, c_name, u32, CW_v4i32, parameters, expression)
#define CW_RESULT(name, c_name, type, T, parameters, expression)                \
  CW_DEFINE("__cw.tex." name "." #type, T, tex_##c_name##_##type, parameters) { \
    const Texture t = texture_at(handle);                                       \
    return bit_cast<T>(expression);                                             \
  }
#define CW_PARAMETERS(...) (uint64_t handle, __VA_ARGS__)
#define CW_SAMPLED(detail, sample) at_level(t, detail, [&](uint32_t level) { return sample; })

CW_TEXTURE("fetch", fetch, CW_PARAMETERS(int32_t x), fetch(t, x))
CW_TEXTURE("gather", gather, CW_PARAMETERS(float x, float y, int32_t channel), gather(t, x, y, static_cast<uint32_t>(channel)))

CW_TEXTURE("1d", 1d, CW_PARAMETERS(float x), direct_1d(t, x))
CW_TEXTURE("2d", 2d, CW_PARAMETERS(float x, float y), direct_2d(t, x, y))
CW_TEXTURE("3d", 3d, CW_PARAMETERS(float x, float y, float z), sample_3d(t, 0, x, y, z))
CW_TEXTURE("cube", cube, CW_PARAMETERS(float x, float y, float z), sample_cube(t, 0, x, y, z, 0))
CW_TEXTURE("1d.array", 1d_array, CW_PARAMETERS(int32_t layer, float x), sample_1d(t, 0, x, layer_of(t, layer)))
CW_TEXTURE("2d.array", 2d_array, CW_PARAMETERS(int32_t layer, float x, float y), sample_2d(t, 0, x, y, layer_of(t, layer)))
CW_TEXTURE("cube.array", cube_array, CW_PARAMETERS(int32_t cube, float x, float y, float z),
           sample_cube(t, 0, x, y, z, cube_of(t, cube)))

CW_TEXTURE("level.1d", level_1d, CW_PARAMETERS(float x, float detail), CW_SAMPLED(detail, sample_1d(t, level, x, 0)))
CW_TEXTURE("level.2d", level_2d, CW_PARAMETERS(float x, float y, float detail), CW_SAMPLED(detail, sample_2d(t, level, x, y, 0)))
CW_TEXTURE("level.3d", level_3d, CW_PARAMETERS(float x, float y, float z, float detail),
           CW_SAMPLED(detail, sample_3d(t, level, x, y, z)))
CW_TEXTURE("level.cube", level_cube, CW_PARAMETERS(float x, float y, float z, float detail),
           CW_SAMPLED(detail, sample_cube(t, level, x, y, z, 0)))
CW_TEXTURE("level.1d.array", level_1d_array, CW_PARAMETERS(int32_t layer, float x, float detail),
           CW_SAMPLED(detail, sample_1d(t, level, x, layer_of(t, layer))))
CW_TEXTURE("level.2d.array", level_2d_array, CW_PARAMETERS(int32_t layer, float x, float y, float detail),
           CW_SAMPLED(detail, sample_2d(t, level, x, y, layer_of(t, layer))))
CW_TEXTURE("level.cube.array", level_cube_array, CW_PARAMETERS(int32_t cube, float x, float y, float z, float detail),
           CW_SAMPLED(detail, sample_cube(t, level, x, y, z, cube_of(t, cube))))

CW_TEXTURE("grad.1d", grad_1d, CW_PARAMETERS(float x, float dx, float dy),
           CW_SAMPLED(level_1d(t, dx, dy), sample_1d(t, level, x, 0)))
CW_TEXTURE("grad.2d", grad_2d, CW_PARAMETERS(float x, float y, CW_v2f32 dx, CW_v2f32 dy),
           CW_SAMPLED(level_2d(t, dx, dy), sample_2d(t, level, x, y, 0)))
CW_TEXTURE("grad.3d", grad_3d, CW_PARAMETERS(float x, float y, float z, CW_v4f32 dx, CW_v4f32 dy),
           CW_SAMPLED(level_3d(t, dx, dy), sample_3d(t, level, x, y, z)))
CW_TEXTURE("grad.cube", grad_cube, CW_PARAMETERS(float x, float y, float z, CW_v4f32 dx, CW_v4f32 dy),
           CW_SAMPLED(level_cube(t, x, y, z, dx, dy), sample_cube(t, level, x, y, z, 0)))
CW_TEXTURE("grad.1d.array", grad_1d_array, CW_PARAMETERS(int32_t layer, float x, float dx, float dy),
           CW_SAMPLED(level_1d(t, dx, dy), sample_1d(t, level, x, layer_of(t, layer))))
CW_TEXTURE("grad.2d.array", grad_2d_array, CW_PARAMETERS(int32_t layer, float x, float y, CW_v2f32 dx, CW_v2f32 dy),
           CW_SAMPLED(level_2d(t, dx, dy), sample_2d(t, level, x, y, layer_of(t, layer))))
CW_TEXTURE("grad.cube.array", grad_cube_array, CW_PARAMETERS(int32_t cube, float x, float y, float z, CW_v4f32 dx, CW_v4f32 dy),
           CW_SAMPLED(level_cube(t, x, y, z, dx, dy), sample_cube(t, level, x, y, z, cube_of(t, cube))))

}  // namespace cw::texture
