#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetTextureObjectResourceViewDesc(cudaResourceViewDesc* out, cudaTextureObject_t object) {
  return cw::on_device([&](cw::Device&, int) {
    const auto* found = cw::find_texture(object);
    if (found == nullptr || out == nullptr || !found->has_view) return cudaErrorInvalidValue;
    *out = found->view;
    return cudaSuccess;
  });
}
