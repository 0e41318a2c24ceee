// Arrays, textures and surfaces of a device that has them itself (NVIDIA's). A device without a texture unit gets linear memory for
// arrays and descriptors (crosswarp/texture.h) for objects: core/array.cpp, core/texture.cpp.
#pragma once

#include <driver_types.h>

#include <cstdint>

namespace cw {

// What an array is made of; `extent` as cudaMalloc3DArray takes it, in elements and layers.
struct ArrayShape {
  cudaChannelFormatDesc format;
  cudaExtent extent;
  unsigned flags;
};

// Handles are the device's own. A cudaResourceDesc holds them where the program's holds ours.
class TextureUnit {
 public:
  virtual cudaError_t create_array(const ArrayShape& shape, void** array) = 0;
  virtual cudaError_t destroy_array(void* array) = 0;
  virtual cudaError_t create_mipmapped_array(const ArrayShape& shape, unsigned levels, void** mipmapped) = 0;
  virtual cudaError_t destroy_mipmapped_array(void* mipmapped) = 0;
  virtual cudaError_t level(void* mipmapped, unsigned level, void** array) = 0;
  // `view` may be null.
  virtual cudaError_t create_texture(const cudaResourceDesc& resource, const cudaTextureDesc& texture,
                                     const cudaResourceViewDesc* view, uint64_t* object) = 0;
  virtual cudaError_t destroy_texture(uint64_t object) = 0;
  virtual cudaError_t create_surface(void* array, uint64_t* object) = 0;
  virtual cudaError_t destroy_surface(uint64_t object) = 0;

 protected:
  ~TextureUnit() = default;
};

}  // namespace cw
