#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  return primary_context(device) != nullptr ? kSuccess : kInvalidDevice;
}
