#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxGetDevice(CUdevice* device) {
  const CUresult state = ready();
  if (state != kSuccess || device == nullptr) return state != kSuccess ? state : kInvalidValue;
  *device = device_of(current_context());
  return kSuccess;
}
