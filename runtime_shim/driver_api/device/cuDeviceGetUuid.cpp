#include <cstring>

#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceGetUuid(void* uuid, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  cudaDeviceProp properties;
  const CUresult error = result(cudaGetDeviceProperties(&properties, device));
  if (error == kSuccess) std::memcpy(uuid, &properties.uuid, sizeof properties.uuid);
  return error;
}
