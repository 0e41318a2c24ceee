#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuLaunchCooperativeKernel(CUfunction function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                                          unsigned bz, unsigned shared, CUstream stream, void** arguments) {
  const cw::InternalLaunch launch{dim3(gx, gy, gz), dim3(bx, by, bz), shared, true, stream, arguments, nullptr, 0};
  return in_context(
      [&] { return function == nullptr ? cudaErrorInvalidResourceHandle : internal().launch(kernel_of(function), launch); });
}
