#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuEventSynchronize(CUevent event) {
  return in_context([&] { return cudaEventSynchronize(event); });
}
