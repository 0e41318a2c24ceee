#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemAllocHost_v2(void** out, size_t bytes) {
  return in_context([&] { return cudaMallocHost(out, bytes); });
}
