#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuStreamQuery(CUstream stream) {
  return in_context([&] { return cudaStreamQuery(stream); });
}
