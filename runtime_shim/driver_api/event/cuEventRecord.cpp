#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuEventRecord(CUevent event, CUstream stream) {
  return in_context([&] { return cudaEventRecord(event, stream); });
}
