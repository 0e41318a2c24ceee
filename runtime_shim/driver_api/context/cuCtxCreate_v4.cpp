#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxCreate_v4(CUcontext* out, void*, unsigned, CUdevice device) {
  if (!is_initialized()) return kNotInitialized;
  const CUcontext context = primary_context(device);
  if (context == nullptr || out == nullptr) return context == nullptr ? kInvalidDevice : kInvalidValue;
  *out = context;
  return push_context(context);
}
