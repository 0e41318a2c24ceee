#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDeviceGet(CUdevice* device, int ordinal) {
  if (!is_initialized()) return kNotInitialized;
  if (device == nullptr) return kInvalidValue;
  if (primary_context(ordinal) == nullptr) return kInvalidDevice;
  *device = ordinal;
  return kSuccess;
}
