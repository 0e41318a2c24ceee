// Channel formats of array elements, and what the device library's sampler calls them.
#pragma once

#include <driver_types.h>

#include <cstddef>

namespace cw {

// True for one, two or four channels of one size: 8, 16 or 32 bits of integers, 16 or 32 of floats, 8 or 16 of normalized integers.
bool is_channel_format(const cudaChannelFormatDesc& format);
unsigned channels_of(const cudaChannelFormatDesc& format);
inline size_t element_bytes_of(const cudaChannelFormatDesc& format) {
  return static_cast<size_t>(format.x + format.y + format.z + format.w) / 8;
}
bool is_float(const cudaChannelFormatDesc& format);
bool is_normalized(const cudaChannelFormatDesc& format);  // of its own accord, whatever the read mode
// CW_TEXEL_* of crosswarp/texture.h. cudaReadModeNormalizedFloat and `srgb` say nothing to formats that they do not concern.
unsigned texel_of(const cudaChannelFormatDesc& format, cudaTextureReadMode mode, bool srgb);
// The format that a resource view names; false for those that are not of single elements (block compression).
bool format_of_view(cudaResourceViewFormat view, cudaChannelFormatDesc* out);

}  // namespace cw
