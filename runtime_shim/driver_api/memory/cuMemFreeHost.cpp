#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemFreeHost(void* memory) {
  return in_context([&] { return cudaFreeHost(memory); });
}
