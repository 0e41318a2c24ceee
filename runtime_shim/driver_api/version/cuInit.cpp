#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuInit(unsigned flags) {
  if (flags != 0) return kInvalidValue;
  int count = 0;
  const CUresult error = result(cudaGetDeviceCount(&count));
  if (error == kSuccess) set_initialized();
  return error;
}
