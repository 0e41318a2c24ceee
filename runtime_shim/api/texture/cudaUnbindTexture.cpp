#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaUnbindTexture(const textureReference* reference) {
  return cw::on_device(
      [&](cw::Device& device, int ordinal) { return cw::runtime().texture_references().unbind(device, ordinal, reference); });
}
