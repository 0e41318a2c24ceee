// Modules a program loads itself (cuModuleLoadData), as opposed to those that register before main().
#pragma once

#include "core/jit_options.hpp"
#include "devices/device.hpp"

namespace cw {

// Finds out what `image` is, picks what fits the device, compiles it where it must, and loads it.
cudaError_t load_any_image(Device& device, const void* image, Jit& jit, Owned<Module>* out);

// The image of a fat binary for a device: the best that is there, else its PTX compiled. `bytes` is what the device loads.
cudaError_t image_for(Device& device, const Vector<fatbin::Image>& images, Jit& jit, fatbin::Image* image, Vector<uint8_t>* bytes);

// One image of several pieces of device code, each with an end mark behind it (core/linking.cpp). A single piece that the device
// loads as it is stays as it is.
cudaError_t link_images(Device& device, const LinkInput* inputs, size_t count, Jit& jit, compiler::Bytes* image);

// Bytes of the image at `*image`; of clang's wrapper those of the fat binary, to which `*image` then points.
size_t image_bytes(const void** image);

}  // namespace cw
