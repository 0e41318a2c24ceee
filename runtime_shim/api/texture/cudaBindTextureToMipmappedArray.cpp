#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaBindTextureToMipmappedArray(const textureReference* reference, cudaMipmappedArray_const_t mipmapped,
                                                     const cudaChannelFormatDesc* format) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (format == nullptr) return cudaErrorInvalidValue;
    cudaResourceDesc resource{};
    resource.resType = cudaResourceTypeMipmappedArray;
    resource.res.mipmap.mipmap = const_cast<cudaMipmappedArray_t>(mipmapped);
    return cw::runtime().texture_references().bind(device, ordinal, reference, resource, 0);
  });
}
