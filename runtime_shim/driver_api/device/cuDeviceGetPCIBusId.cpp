#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceGetPCIBusId(char* text, int length, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  return result(cudaDeviceGetPCIBusId(text, length, device));
}
