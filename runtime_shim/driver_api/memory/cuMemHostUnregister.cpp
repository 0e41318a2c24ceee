#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemHostUnregister(void* memory) {
  return in_context([&] { return cudaHostUnregister(memory); });
}
