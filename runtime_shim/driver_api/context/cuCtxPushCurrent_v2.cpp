#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxPushCurrent_v2(CUcontext context) {
  if (!is_initialized()) return kNotInitialized;
  return push_context(context);
}
