#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuEventDestroy_v2(CUevent event) {
  return in_context([&] { return cudaEventDestroy(event); });
}
