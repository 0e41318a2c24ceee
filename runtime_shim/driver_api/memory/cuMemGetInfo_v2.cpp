#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemGetInfo_v2(size_t* free_bytes, size_t* total_bytes) {
  return in_context([&] { return cudaMemGetInfo(free_bytes, total_bytes); });
}
