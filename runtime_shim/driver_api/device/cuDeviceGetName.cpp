#include <cstdio>

#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceGetName(char* name, int length, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  cudaDeviceProp properties;
  const CUresult error = result(cudaGetDeviceProperties(&properties, device));
  if (error != kSuccess || name == nullptr || length <= 0) return error != kSuccess ? error : kInvalidValue;
  std::snprintf(name, static_cast<size_t>(length), "%s", properties.name);
  return kSuccess;
}
