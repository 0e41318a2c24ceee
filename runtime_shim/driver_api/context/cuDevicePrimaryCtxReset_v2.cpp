#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDevicePrimaryCtxReset_v2(CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  int before = 0;
  cudaGetDevice(&before);
  CUresult error = result(cudaSetDevice(device));
  if (error == kSuccess) error = result(cudaDeviceReset());
  cudaSetDevice(before);
  return error;
}
