#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceTotalMem_v2(size_t* bytes, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  cudaDeviceProp properties;
  const CUresult error = result(cudaGetDeviceProperties(&properties, device));
  if (error == kSuccess) *bytes = properties.totalGlobalMem;
  return error;
}
