#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxDestroy_v2(CUcontext context) {
  if (context == nullptr) return kInvalidContext;
  return current_context() == context ? pop_context(nullptr) : kSuccess;
}
