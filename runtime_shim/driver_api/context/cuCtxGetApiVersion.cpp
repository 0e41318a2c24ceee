#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxGetApiVersion(CUcontext, unsigned* version) {
  if (version == nullptr) return kInvalidValue;
  *version = 3020;
  return kSuccess;
}
