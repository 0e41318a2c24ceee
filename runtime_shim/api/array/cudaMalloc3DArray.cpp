#include "api/entry.hpp"
#include "core/array.hpp"

CW_ENTRY cudaError_t cudaMalloc3DArray(cudaArray_t* out, const cudaChannelFormatDesc* format, cudaExtent extent, unsigned flags) {
  return cw::on_device(
      [&](cw::Device& device, int ordinal) { return cw::make_array(device, ordinal, format, extent, flags, out); });
}
