#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxGetCurrent(CUcontext* out) {
  if (!is_initialized()) return kNotInitialized;
  if (out == nullptr) return kInvalidValue;
  *out = current_context();
  return kSuccess;
}
