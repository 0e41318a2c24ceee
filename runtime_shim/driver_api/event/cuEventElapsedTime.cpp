#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuEventElapsedTime(float* milliseconds, CUevent start, CUevent end) {
  return in_context([&] { return cudaEventElapsedTime(milliseconds, start, end); });
}
