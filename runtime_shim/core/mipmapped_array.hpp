// Mipmapped arrays: one array a level, each half as large as the one before. Layers are not halved.
#pragma once

#include "core/array.hpp"

namespace cw {

struct MipmappedArray : Allocated {
  ~MipmappedArray();
  Device* device = nullptr;
  ArrayShape shape{};  // of level 0
  void* native = nullptr;
  Vector<cudaArray_t> levels;  // handles in runtime().arrays()

  const Array* level(size_t index) const { return find_array(levels[index]); }
};

// `levels` is brought into [1, 1 + floor(log2(largest side))], as CUDA documents. Errors: those of make_array.
cudaError_t make_mipmapped_array(Device& device, int ordinal, const cudaChannelFormatDesc* format, cudaExtent extent,
                                 unsigned levels, unsigned flags, cudaMipmappedArray_t* out);
MipmappedArray* find_mipmapped_array(cudaMipmappedArray_const_t handle);
// Waits for the device's work first. cudaErrorInvalidResourceHandle for a stale handle.
cudaError_t free_mipmapped_array(cudaMipmappedArray_t handle);
// The array of a level, which belongs to the mipmapped array. cudaErrorInvalidValue for a level that it does not have.
cudaError_t mipmapped_array_level(cudaArray_t* out, cudaMipmappedArray_const_t handle, unsigned level);

}  // namespace cw
