#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetSurfaceReference(const surfaceReference** reference, const void* symbol) {
  return cw::on_device([&](cw::Device&, int) {
    if (reference == nullptr) return cudaErrorInvalidValue;
    if (!cw::runtime().texture_references().has(symbol)) return cudaErrorInvalidSurface;
    *reference = static_cast<const surfaceReference*>(symbol);
    return cudaSuccess;
  });
}
