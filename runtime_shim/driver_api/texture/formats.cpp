#include "driver_api/texture/formats.hpp"

namespace cw::driver {
namespace {

struct Format {
  CUarray_format format;
  int bits;
  cudaChannelFormatKind kind;
};

constexpr Format kFormats[] = {
    {CU_AD_FORMAT_UNSIGNED_INT8, 8, cudaChannelFormatKindUnsigned},
    {CU_AD_FORMAT_UNSIGNED_INT16, 16, cudaChannelFormatKindUnsigned},
    {CU_AD_FORMAT_UNSIGNED_INT32, 32, cudaChannelFormatKindUnsigned},
    {CU_AD_FORMAT_SIGNED_INT8, 8, cudaChannelFormatKindSigned},
    {CU_AD_FORMAT_SIGNED_INT16, 16, cudaChannelFormatKindSigned},
    {CU_AD_FORMAT_SIGNED_INT32, 32, cudaChannelFormatKindSigned},
    {CU_AD_FORMAT_HALF, 16, cudaChannelFormatKindFloat},
    {CU_AD_FORMAT_FLOAT, 32, cudaChannelFormatKindFloat},
};

// Formats that say their number of channels, and whose integers are read as fractions.
struct NormalizedFormat {
  CUarray_format format;
  int bits;
  unsigned channels;
  cudaChannelFormatKind kind;
};

constexpr NormalizedFormat kNormalized[] = {
    {CU_AD_FORMAT_UNORM_INT8X1, 8, 1, cudaChannelFormatKindUnsignedNormalized8X1},
    {CU_AD_FORMAT_UNORM_INT8X2, 8, 2, cudaChannelFormatKindUnsignedNormalized8X2},
    {CU_AD_FORMAT_UNORM_INT8X4, 8, 4, cudaChannelFormatKindUnsignedNormalized8X4},
    {CU_AD_FORMAT_UNORM_INT16X1, 16, 1, cudaChannelFormatKindUnsignedNormalized16X1},
    {CU_AD_FORMAT_UNORM_INT16X2, 16, 2, cudaChannelFormatKindUnsignedNormalized16X2},
    {CU_AD_FORMAT_UNORM_INT16X4, 16, 4, cudaChannelFormatKindUnsignedNormalized16X4},
    {CU_AD_FORMAT_SNORM_INT8X1, 8, 1, cudaChannelFormatKindSignedNormalized8X1},
    {CU_AD_FORMAT_SNORM_INT8X2, 8, 2, cudaChannelFormatKindSignedNormalized8X2},
    {CU_AD_FORMAT_SNORM_INT8X4, 8, 4, cudaChannelFormatKindSignedNormalized8X4},
    {CU_AD_FORMAT_SNORM_INT16X1, 16, 1, cudaChannelFormatKindSignedNormalized16X1},
    {CU_AD_FORMAT_SNORM_INT16X2, 16, 2, cudaChannelFormatKindSignedNormalized16X2},
    {CU_AD_FORMAT_SNORM_INT16X4, 16, 4, cudaChannelFormatKindSignedNormalized16X4},
};

cudaChannelFormatDesc description(int bits, unsigned channels, cudaChannelFormatKind kind) {
  return cudaChannelFormatDesc{bits, channels > 1 ? bits : 0, channels > 2 ? bits : 0, channels > 3 ? bits : 0, kind};
}

}  // namespace

bool channel_format(CUarray_format format, unsigned channels, cudaChannelFormatDesc* out) {
  if (channels != 1 && channels != 2 && channels != 4) return false;
  for (const Format& known : kFormats) {
    if (known.format != format) continue;
    *out = description(known.bits, channels, known.kind);
    return true;
  }
  for (const NormalizedFormat& known : kNormalized) {
    if (known.format != format || known.channels != channels) continue;
    *out = description(known.bits, channels, known.kind);
    return true;
  }
  return false;
}

bool array_format(const cudaChannelFormatDesc& from, CUarray_format* format, unsigned* channels) {
  *channels = from.w != 0 ? 4 : from.z != 0 ? 3 : from.y != 0 ? 2 : 1;
  for (const Format& known : kFormats) {
    if (known.bits != from.x || known.kind != from.f) continue;
    *format = known.format;
    return true;
  }
  for (const NormalizedFormat& known : kNormalized) {
    if (known.kind != from.f) continue;
    *format = known.format;
    return true;
  }
  return false;
}

unsigned format_bytes(CUarray_format format) {
  cudaChannelFormatDesc known;
  constexpr unsigned kCounts[] = {1, 2, 4};
  for (const unsigned channels : kCounts) {
    if (channel_format(format, channels, &known)) return static_cast<unsigned>(known.x) / 8;
  }
  return 0;
}

}  // namespace cw::driver
