// From CUDA's description of a texture or surface to the descriptor that the device library's sampler reads.
#pragma once

#include <crosswarp/texture.h>

#include "core/array.hpp"

namespace cw {

// The parts are checked (check_texture).
cw_texture describe_texture(const cudaResourceDesc& resource, const cudaTextureDesc& texture, const cudaResourceViewDesc* view);
cw_surface describe_surface(const Array& array);

// The format of a resource's elements; false for a stale array.
bool resource_format(const cudaResourceDesc& resource, cudaChannelFormatDesc* out);

}  // namespace cw
