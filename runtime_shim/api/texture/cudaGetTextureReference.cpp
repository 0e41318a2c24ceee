#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetTextureReference(const textureReference** reference, const void* symbol) {
  return cw::on_device([&](cw::Device&, int) {
    if (reference == nullptr) return cudaErrorInvalidValue;
    if (!cw::runtime().texture_references().has(symbol)) return cudaErrorInvalidTexture;
    *reference = static_cast<const textureReference*>(symbol);
    return cudaSuccess;
  });
}
