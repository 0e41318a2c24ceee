#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaBindTextureToArray(const textureReference* reference, cudaArray_const_t array,
                                            const cudaChannelFormatDesc* format) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (format == nullptr) return cudaErrorInvalidValue;
    cudaResourceDesc resource{};
    resource.resType = cudaResourceTypeArray;
    resource.res.array.array = const_cast<cudaArray_t>(array);
    return cw::runtime().texture_references().bind(device, ordinal, reference, resource, 0);
  });
}
