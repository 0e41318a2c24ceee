#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetTextureAlignmentOffset(size_t* offset, const textureReference* reference) {
  return cw::on_device(
      [&](cw::Device&, int ordinal) { return cw::runtime().texture_references().offset(ordinal, reference, offset); });
}
