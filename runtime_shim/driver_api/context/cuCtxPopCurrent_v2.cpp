#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxPopCurrent_v2(CUcontext* out) {
  if (!is_initialized()) return kNotInitialized;
  return pop_context(out);
}
