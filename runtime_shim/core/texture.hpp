// Texture and surface objects. Where the device has a texture unit, an object's number is the unit's; elsewhere it is the address
// of a descriptor (crosswarp/texture.h) in device memory, which the device library's sampler reads. The runtime API, the driver API
// and texture references make them through these functions; driver descriptors (CUDA_TEXTURE_DESC, ...) translate member by member.
#pragma once

#include <driver_types.h>

#include "core/allocated.hpp"
#include "devices/device.hpp"

namespace cw {

struct Texture : Allocated {
  ~Texture();
  Device* device = nullptr;
  cudaResourceDesc resource{};  // as the program gave it
  cudaTextureDesc texture{};
  cudaResourceViewDesc view{};
  bool has_view = false;
  void* descriptor = nullptr;  // device memory, or null
  uint64_t object = 0;
};

struct Surface : Allocated {
  ~Surface();
  Device* device = nullptr;
  cudaResourceDesc resource{};
  void* descriptor = nullptr;
  uint64_t object = 0;
};

// What CUDA documents about a texture's parts. cudaErrorInvalidValue for null or contradicting parts, bad alignment or size;
// cudaErrorInvalidResourceHandle for stale arrays; cudaErrorInvalidFilterSetting for linear filtering of integers;
// cudaErrorInvalidNormSetting for 32-bit integers read as normalized floats; cudaErrorNotSupported for views of compressed blocks.
cudaError_t check_texture(Device& device, const cudaResourceDesc* resource, const cudaTextureDesc* texture,
                          const cudaResourceViewDesc* view);
// Checks, makes the object and keeps it behind its number. `view` may be null.
cudaError_t make_texture(Device& device, int ordinal, const cudaResourceDesc* resource, const cudaTextureDesc* texture,
                         const cudaResourceViewDesc* view, cudaTextureObject_t* out);
// Null for a number that is no texture object.
const Texture* find_texture(cudaTextureObject_t object);
// Waits for the device's work first. cudaErrorInvalidValue for a stale number; 0 is fine.
cudaError_t free_texture(cudaTextureObject_t object);

// A surface of an array made with cudaArraySurfaceLoadStore, else cudaErrorInvalidValue.
cudaError_t make_surface(Device& device, int ordinal, const cudaResourceDesc* resource, cudaSurfaceObject_t* out);
const Surface* find_surface(cudaSurfaceObject_t object);
cudaError_t free_surface(cudaSurfaceObject_t object);

}  // namespace cw
