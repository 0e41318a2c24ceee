#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuEventCreate(CUevent* out, unsigned flags) {
  return in_context([&] { return cudaEventCreateWithFlags(out, flags); });
}
