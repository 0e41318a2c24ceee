#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaDestroySurfaceObject(cudaSurfaceObject_t object) {
  return cw::on_device([&](cw::Device&, int) { return cw::free_surface(object); });
}
