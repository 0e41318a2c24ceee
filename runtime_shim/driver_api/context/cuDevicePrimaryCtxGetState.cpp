#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDevicePrimaryCtxGetState(CUdevice device, unsigned* flags, int* active) {
  if (!is_initialized()) return kNotInitialized;
  if (primary_context(device) == nullptr) return kInvalidDevice;
  if (flags != nullptr) *flags = 0;
  if (active != nullptr) *active = 1;
  return kSuccess;
}
