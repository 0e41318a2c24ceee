#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxSetLimit(int limit, size_t value) {
  return in_context([&] { return cudaDeviceSetLimit(static_cast<cudaLimit>(limit), value); });
}
