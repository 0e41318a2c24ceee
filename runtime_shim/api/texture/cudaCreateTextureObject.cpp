#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaCreateTextureObject(cudaTextureObject_t* out, const cudaResourceDesc* resource,
                                             const cudaTextureDesc* texture, const cudaResourceViewDesc* view) {
  return cw::on_device(
      [&](cw::Device& device, int ordinal) { return cw::make_texture(device, ordinal, resource, texture, view, out); });
}
