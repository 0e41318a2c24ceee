// Elements of every format as four 32-bit channels.
#include "operations/texture.h"

namespace cw::texture {
namespace {

constexpr float kSrgb[256] = {
#include "operations/srgb.inc"
};

CW_INLINE int32_t bits(float value) { return bit_cast<int32_t>(value); }

// PTX and the graphics interfaces: the two most negative integers both mean -1.
CW_INLINE float signed_normalized(int32_t value, float most) {
  const float x = static_cast<float>(value) / most;
  return x < -1.0f ? -1.0f : x;
}

template <class T, class Convert>
CW_INLINE CW_v4i32 channels(Texture t, Bytes from, Convert convert) {
  CW_v4i32 out = {0, 0, 0, t->texel >= CW_TEXEL_FIRST_FLOAT ? bits(1.0f) : 1};
  out.x = convert(load<T>(from));
  if (t->channels > 1) out.y = convert(load<T>(from + sizeof(T)));
  if (t->channels > 2) {
    out.z = convert(load<T>(from + 2 * sizeof(T)));
    out.w = convert(load<T>(from + 3 * sizeof(T)));
  }
  return out;
}

}  // namespace

[[gnu::noinline]] CW_v4i32 decode_any(Texture t, Bytes from) {
  switch (t->texel) {
    case CW_TEXEL_U8:
      return channels<uint8_t>(t, from, [](uint8_t x) { return static_cast<int32_t>(x); });
    case CW_TEXEL_S8:
      return channels<int8_t>(t, from, [](int8_t x) { return static_cast<int32_t>(x); });
    case CW_TEXEL_U16:
      return channels<uint16_t>(t, from, [](uint16_t x) { return static_cast<int32_t>(x); });
    case CW_TEXEL_S16:
      return channels<int16_t>(t, from, [](int16_t x) { return static_cast<int32_t>(x); });
    case CW_TEXEL_F16:
      return channels<_Float16>(t, from, [](_Float16 x) { return bits(static_cast<float>(x)); });
    case CW_TEXEL_UNORM8:
      return channels<uint8_t>(t, from, [](uint8_t x) { return bits(static_cast<float>(x) / 255.0f); });
    case CW_TEXEL_SNORM8:
      return channels<int8_t>(t, from, [](int8_t x) { return bits(signed_normalized(x, 127.0f)); });
    case CW_TEXEL_UNORM16:
      return channels<uint16_t>(t, from, [](uint16_t x) { return bits(static_cast<float>(x) / 65535.0f); });
    case CW_TEXEL_SNORM16:
      return channels<int16_t>(t, from, [](int16_t x) { return bits(signed_normalized(x, 32767.0f)); });
    case CW_TEXEL_SRGB8: {
      CW_v4i32 out = channels<uint8_t>(t, from, [](uint8_t x) { return bits(kSrgb[x]); });
      if (t->channels > 2) out.w = bits(static_cast<float>(load<uint8_t>(from + 3)) / 255.0f);
      return out;
    }
    default:
      return channels<int32_t>(t, from, [](int32_t x) { return x; });
  }
}

}  // namespace cw::texture
