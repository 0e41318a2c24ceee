#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMallocMipmappedArray(cudaMipmappedArray_t* out, const cudaChannelFormatDesc* format, cudaExtent extent,
                                              unsigned levels, unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    return cw::make_mipmapped_array(device, ordinal, format, extent, levels, flags, out);
  });
}
