#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuEventQuery(CUevent event) {
  return in_context([&] { return cudaEventQuery(event); });
}
