#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaCreateSurfaceObject(cudaSurfaceObject_t* out, const cudaResourceDesc* resource) {
  return cw::on_device([&](cw::Device& device, int ordinal) { return cw::make_surface(device, ordinal, resource, out); });
}
