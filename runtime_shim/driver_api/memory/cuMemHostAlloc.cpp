#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemHostAlloc(void** out, size_t bytes, unsigned flags) {
  return in_context([&] { return cudaHostAlloc(out, bytes, flags); });
}
