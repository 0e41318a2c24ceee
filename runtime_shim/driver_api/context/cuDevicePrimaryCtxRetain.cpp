#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDevicePrimaryCtxRetain(CUcontext* out, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  if (out == nullptr) return kInvalidValue;
  *out = primary_context(device);
  return *out != nullptr ? kSuccess : kInvalidDevice;
}
