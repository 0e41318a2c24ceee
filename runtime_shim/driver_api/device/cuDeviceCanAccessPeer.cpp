#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceCanAccessPeer(int* can, CUdevice device, CUdevice peer) {
  if (!is_initialized()) return kNotInitialized;
  return result(cudaDeviceCanAccessPeer(can, device, peer));
}
