#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceComputeCapability(int* major, int* minor, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  const CUresult error = result(cudaDeviceGetAttribute(major, cudaDevAttrComputeCapabilityMajor, device));
  return error != kSuccess ? error : result(cudaDeviceGetAttribute(minor, cudaDevAttrComputeCapabilityMinor, device));
}
