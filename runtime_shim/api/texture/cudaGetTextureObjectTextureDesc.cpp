#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetTextureObjectTextureDesc(cudaTextureDesc* out, cudaTextureObject_t object) {
  return cw::on_device([&](cw::Device&, int) {
    const auto* found = cw::find_texture(object);
    if (found == nullptr || out == nullptr) return cudaErrorInvalidValue;
    *out = found->texture;
    return cudaSuccess;
  });
}
