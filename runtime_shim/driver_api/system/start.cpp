// Start and version.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuInit(unsigned flags) {
  if (flags != 0) return CUDA_ERROR_INVALID_VALUE;
  const Interlude interlude;
  int count = 0;
  const CUresult error = result(cudaGetDeviceCount(&count));
  if (error == CUDA_SUCCESS) set_initialized();
  return error;
}

CUresult cuDriverGetVersion(int* version) {
  const Interlude interlude;
  return result(cudaDriverGetVersion(version));
}
