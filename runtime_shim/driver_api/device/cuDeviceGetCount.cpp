#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceGetCount(int* count) {
  if (!is_initialized()) return kNotInitialized;
  return result(cudaGetDeviceCount(count));
}
