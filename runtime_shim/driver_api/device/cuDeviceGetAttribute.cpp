#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceGetAttribute(int* value, int attribute, CUdevice device) {
  // The attributes have the runtime's numbers.
  if (!is_initialized()) return kNotInitialized;
  return result(cudaDeviceGetAttribute(value, static_cast<cudaDeviceAttr>(attribute), device));
}
