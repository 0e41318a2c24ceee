// CUDA arrays: memory for textures and surfaces. A device with a texture unit lays them out itself; elsewhere they are rows of
// elements in device memory. The driver API makes them through the same functions.
#pragma once

#include <driver_types.h>

#include "core/channel_format.hpp"
#include "devices/device.hpp"
#include "devices/texture_unit.hpp"

namespace cw {

struct MipmappedArray;

struct Array : Allocated {
  ~Array();
  Device* device = nullptr;
  cudaChannelFormatDesc format{};
  cudaExtent extent{};  // elements; height and depth are 0 in arrays of fewer dimensions; depth counts the layers of a layered one
  unsigned flags = 0;   // cudaArrayLayered, ...
  size_t pitch = 0;
  void* memory = nullptr;                 // null where the device's texture unit has the array
  void* native = nullptr;                 // the texture unit's handle
  const MipmappedArray* owner = nullptr;  // of a level of a mipmapped array, which the program cannot free

  size_t element_bytes() const { return element_bytes_of(format); }
  size_t rows() const { return extent.height != 0 ? extent.height : 1; }
  size_t slices() const { return extent.depth != 0 ? extent.depth : 1; }
  bool is_layered() const { return (flags & cudaArrayLayered) != 0; }
  bool is_cube() const { return (flags & cudaArrayCubemap) != 0; }
  // Where a row begins; `x` counts bytes.
  char* at(size_t x, size_t y, size_t z) const { return static_cast<char*>(memory) + (z * rows() + y) * pitch + x; }
  // True when the box (width in bytes) lies inside.
  bool holds(size_t x, size_t y, size_t z, size_t width, size_t height, size_t depth) const;
};

// cudaErrorInvalidValue for a bad format, size or combination of flags; cudaErrorNotSupported for sparse and deferred arrays.
cudaError_t check_array(const cudaChannelFormatDesc* format, const cudaExtent& extent, unsigned flags);
cudaError_t make_array(Device& device, int ordinal, const cudaChannelFormatDesc* format, cudaExtent extent, unsigned flags,
                       cudaArray_t* out);
// The array behind a handle; null for a stale one.
Array* find_array(cudaArray_const_t handle);
// Waits for the device's work first. cudaErrorInvalidResourceHandle for a stale handle, and for a level of a mipmapped array.
cudaError_t free_array(cudaArray_t handle);
// A new array, not yet behind a handle.
cudaError_t new_array(Device& device, int ordinal, const ArrayShape& shape, Owned<Array>* out);

}  // namespace cw
