#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaBindSurfaceToArray(const surfaceReference* reference, cudaArray_const_t array,
                                            const cudaChannelFormatDesc* format) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (format == nullptr) return cudaErrorInvalidValue;
    return cw::runtime().texture_references().bind_surface(device, ordinal, reference, const_cast<cudaArray_t>(array));
  });
}
