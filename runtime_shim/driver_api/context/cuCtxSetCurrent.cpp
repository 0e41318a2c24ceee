#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxSetCurrent(CUcontext context) {
  if (!is_initialized()) return kNotInitialized;
  return set_current_context(context);
}
