// Cube maps: six square layers. A direction meets one of them; seamless filtering takes neighbours from the face across an edge.
#include "operations/texture.h"

namespace cw::texture {
namespace {

struct Place {
  int32_t face, x, y;
};

// The direction of the centre of an element, in half elements: `n` elements along an edge, components odd or even as `n` asks.
// An element one step beyond an edge gets that step's component as the longest, and lies on the edge of its new face.
CW_INLINE Place across(int32_t face, int32_t i, int32_t j, int32_t n) {
  const bool beyond_x = i < 0 || i >= n, beyond_y = j < 0 || j >= n;
  if (!beyond_x && !beyond_y) return {face, i, j};
  const float major = static_cast<float>(n - 1);
  const float s = beyond_x ? (i < 0 ? -1.0f : 1.0f) * static_cast<float>(n) : static_cast<float>(2 * i + 1 - n);
  const float t = beyond_y ? (j < 0 ? -1.0f : 1.0f) * static_cast<float>(n) : static_cast<float>(2 * j + 1 - n);
  float x, y, z;
  switch (face) {
    case 0:
      x = major, y = -t, z = -s;
      break;
    case 1:
      x = -major, y = -t, z = s;
      break;
    case 2:
      x = s, y = major, z = t;
      break;
    case 3:
      x = s, y = -major, z = -t;
      break;
    case 4:
      x = s, y = -t, z = major;
      break;
    default:
      x = -s, y = -t, z = -major;
  }
  const FaceAxes a = axes_of(face_of(x, y, z), x, y, z);
  return {a.face, (static_cast<int32_t>(a.s) + n - 1) / 2, (static_cast<int32_t>(a.t) + n - 1) / 2};
}

// At a corner of the cube three elements meet, not four: the fourth is the mean of the others.
[[gnu::noinline]] CW_v4i32 seamless(Texture t, Level level, FacePoint at, int32_t first_layer) {
  const auto n = static_cast<int32_t>(level->width);
  const Pair x = free_pair(place_of(at.s, level->width, CW_ADDRESS_CLAMP, true));
  const Pair y = free_pair(place_of(at.t, level->width, CW_ADDRESS_CLAMP, true));
  CW_v4f32 sum = {}, others = {};
  float corner = 0.0f;
  for (int k = 0; k < 4; ++k) {
    const int32_t i = x.index[k & 1], j = y.index[k >> 1];
    const float weight = y.weight[k >> 1] * x.weight[k & 1];
    if ((i < 0 || i >= n) && (j < 0 || j >= n)) {
      corner = weight;
      continue;
    }
    const Place place = across(at.face, i, j, n);
    const CW_v4i32 found = element(t, level, place.x, place.y, first_layer + place.face);
    blend(sum, weight, found);
    others += bit_cast<CW_v4f32>(found);
  }
  if (corner != 0.0f) sum += corner * (others / 3.0f);
  return bit_cast<CW_v4i32>(sum);
}

}  // namespace

[[gnu::noinline]] CW_v4i32 sample_cube(Texture t, uint32_t level, float x, float y, float z, int32_t cube) {
  const FacePoint at = meet(x, y, z);
  const uint32_t both = CW_TEXTURE_LINEAR | CW_TEXTURE_SEAMLESS;
  if ((t->flags & both) == both) return seamless(t, &t->level[level], at, cube * 6);
  return sample_2d(t, level, at.s, at.t, cube * 6 + at.face);
}

}  // namespace cw::texture
