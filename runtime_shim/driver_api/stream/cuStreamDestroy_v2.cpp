#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuStreamDestroy_v2(CUstream stream) {
  return in_context([&] { return cudaStreamDestroy(stream); });
}
