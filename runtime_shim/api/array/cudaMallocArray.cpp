#include "api/entry.hpp"
#include "core/array.hpp"

CW_ENTRY cudaError_t cudaMallocArray(cudaArray_t* out, const cudaChannelFormatDesc* format, size_t width, size_t height,
                                     unsigned flags) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    return cw::make_array(device, ordinal, format, cudaExtent{width, height, 0}, flags, out);
  });
}
