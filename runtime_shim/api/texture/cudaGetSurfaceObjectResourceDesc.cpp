#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetSurfaceObjectResourceDesc(cudaResourceDesc* out, cudaSurfaceObject_t object) {
  return cw::on_device([&](cw::Device&, int) {
    const auto* found = cw::find_surface(object);
    if (found == nullptr || out == nullptr) return cudaErrorInvalidValue;
    *out = found->resource;
    return cudaSuccess;
  });
}
