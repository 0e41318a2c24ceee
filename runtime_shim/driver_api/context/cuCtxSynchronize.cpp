#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxSynchronize() {
  return in_context([&] { return cudaDeviceSynchronize(); });
}
