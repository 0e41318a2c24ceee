#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxGetLimit(size_t* value, int limit) {
  return in_context([&] { return cudaDeviceGetLimit(value, static_cast<cudaLimit>(limit)); });
}
