#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuCtxSetCacheConfig(int) {
  return in_context([&] { return cudaSuccess; });
}
