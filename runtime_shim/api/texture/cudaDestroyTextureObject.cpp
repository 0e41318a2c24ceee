#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDestroyTextureObject(cudaTextureObject_t object) {
  return cw::on_device([&](cw::Device&, int) { return cw::free_texture(object); });
}
