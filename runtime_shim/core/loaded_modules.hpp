// Modules a program loads itself (cuModuleLoadData), as opposed to those that register before main().
#pragma once

#include "devices/device.hpp"

namespace cw {

// Finds out what `image` is, picks what fits the device, and loads it.
cudaError_t load_any_image(Device& device, const void* image, Owned<Module>* out);

// Bytes of the image at `*image`; of clang's wrapper those of the fat binary, to which `*image` then points.
size_t image_bytes(const void** image);

}  // namespace cw
