// CUDA arrays: memory for textures, whose layout is the device's own business. Here: rows of elements, in device memory.
#pragma once

#include <driver_types.h>

#include "devices/device.hpp"

namespace cw {

struct Array : Allocated {
  ~Array();
  Device* device = nullptr;
  cudaChannelFormatDesc format{};
  cudaExtent extent{};  // elements; height and depth are 0 in arrays of fewer dimensions
  unsigned flags = 0;
  size_t pitch = 0;
  void* memory = nullptr;

  size_t element_bytes() const { return static_cast<size_t>(format.x + format.y + format.z + format.w) / 8; }
  size_t rows() const { return extent.height != 0 ? extent.height : 1; }
  size_t slices() const { return extent.depth != 0 ? extent.depth : 1; }
  // Where a row begins; `x` counts bytes.
  char* at(size_t x, size_t y, size_t z) const { return static_cast<char*>(memory) + (z * rows() + y) * pitch + x; }
  // True when the box (width in bytes) lies inside.
  bool holds(size_t x, size_t y, size_t z, size_t width, size_t height, size_t depth) const;
};

// Null, with the error, for a bad format or size; cudaErrorNotSupported for layers, cube maps and sparse arrays.
cudaError_t make_array(Device& device, int ordinal, const cudaChannelFormatDesc* format, cudaExtent extent, unsigned flags,
                       cudaArray_t* out);
Array* find_array(cudaArray_const_t handle);

// Boxes of `width` bytes and `height` rows; offsets are bytes and rows. cudaErrorInvalidResourceHandle, cudaErrorInvalidValue.
cudaError_t copy_to_array(Stream& stream, cudaArray_t dst, size_t x, size_t y, const void* src, size_t pitch, size_t width,
                          size_t height, cudaMemcpyKind kind, bool now);
cudaError_t copy_from_array(Stream& stream, void* dst, size_t pitch, cudaArray_const_t src, size_t x, size_t y, size_t width,
                            size_t height, cudaMemcpyKind kind, bool now);

}  // namespace cw
