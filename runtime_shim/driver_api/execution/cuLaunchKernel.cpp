#include "driver_api/entry.hpp"

using namespace cw::driver;

// `extra` is a list of a tag and a value: 1 the packed arguments, 2 the address of their size.
CW_DRIVER_ENTRY cuLaunchKernel(CUfunction function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                               unsigned shared, CUstream stream, void** arguments, void** extra) {
  const void* packed = nullptr;
  size_t bytes = 0;
  for (void** item = extra; item != nullptr && *item != nullptr; item += 2) {
    if (*item == reinterpret_cast<void*>(1)) packed = item[1];
    if (*item == reinterpret_cast<void*>(2)) bytes = *static_cast<size_t*>(item[1]);
  }
  const cw::InternalLaunch launch{dim3(gx, gy, gz), dim3(bx, by, bz), shared, false, stream, arguments, packed, bytes};
  return in_context(
      [&] { return function == nullptr ? cudaErrorInvalidResourceHandle : internal().launch(kernel_of(function), launch); });
}
