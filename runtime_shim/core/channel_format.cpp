#include "core/channel_format.hpp"

#include <crosswarp/texture.h>

namespace cw {
namespace {

bool is_signed_normalized(cudaChannelFormatKind kind) {
  return kind >= cudaChannelFormatKindSignedNormalized8X1 && kind <= cudaChannelFormatKindSignedNormalized16X4;
}

bool allows(cudaChannelFormatKind kind, int bits) {
  if (kind == cudaChannelFormatKindSigned || kind == cudaChannelFormatKindUnsigned) return bits == 8 || bits == 16 || bits == 32;
  if (kind == cudaChannelFormatKindFloat) return bits == 16 || bits == 32;
  const bool unsigned_kind =
      kind >= cudaChannelFormatKindUnsignedNormalized8X1 && kind <= cudaChannelFormatKindUnsignedNormalized16X4;
  return (unsigned_kind || is_signed_normalized(kind)) && (bits == 8 || bits == 16);
}

}  // namespace

unsigned channels_of(const cudaChannelFormatDesc& f) {
  return static_cast<unsigned>((f.x != 0) + (f.y != 0) + (f.z != 0) + (f.w != 0));
}

bool is_channel_format(const cudaChannelFormatDesc& f) {
  if (!allows(f.f, f.x)) return false;
  const bool one = f.y == 0 && f.z == 0 && f.w == 0;
  const bool two = f.y == f.x && f.z == 0 && f.w == 0;
  const bool four = f.y == f.x && f.z == f.x && f.w == f.x;
  return one || two || four;
}

bool is_float(const cudaChannelFormatDesc& f) { return f.f == cudaChannelFormatKindFloat; }

bool is_normalized(const cudaChannelFormatDesc& f) { return f.f >= cudaChannelFormatKindUnsignedNormalized8X1; }

unsigned texel_of(const cudaChannelFormatDesc& f, cudaTextureReadMode mode, bool srgb) {
  if (is_float(f)) return f.x == 16 ? CW_TEXEL_F16 : CW_TEXEL_F32;
  if (f.x == 32) return CW_TEXEL_I32;
  const bool is_signed = f.f == cudaChannelFormatKindSigned || is_signed_normalized(f.f);
  if (is_normalized(f) || mode == cudaReadModeNormalizedFloat) {
    if (f.x == 16) return is_signed ? CW_TEXEL_SNORM16 : CW_TEXEL_UNORM16;
    return is_signed ? CW_TEXEL_SNORM8 : srgb ? CW_TEXEL_SRGB8 : CW_TEXEL_UNORM8;
  }
  if (f.x == 16) return is_signed ? CW_TEXEL_S16 : CW_TEXEL_U16;
  return is_signed ? CW_TEXEL_S8 : CW_TEXEL_U8;
}

bool format_of_view(cudaResourceViewFormat view, cudaChannelFormatDesc* out) {
  if (view < cudaResViewFormatUnsignedChar1 || view > cudaResViewFormatFloat4) return false;
  struct Row {
    int bits;
    cudaChannelFormatKind kind;
  };
  // Three formats (one, two, four channels) of each, in the enumeration's order.
  static const Row rows[] = {
      {8, cudaChannelFormatKindUnsigned}, {8, cudaChannelFormatKindSigned},    {16, cudaChannelFormatKindUnsigned},
      {16, cudaChannelFormatKindSigned},  {32, cudaChannelFormatKindUnsigned}, {32, cudaChannelFormatKindSigned},
      {16, cudaChannelFormatKindFloat},   {32, cudaChannelFormatKindFloat},
  };
  const int index = view - cudaResViewFormatUnsignedChar1;
  const Row& row = rows[index / 3];
  const int bits = row.bits;
  const int channels = index % 3;
  *out = cudaChannelFormatDesc{bits, channels > 0 ? bits : 0, channels > 1 ? bits : 0, channels > 1 ? bits : 0, row.kind};
  return true;
}

}  // namespace cw
