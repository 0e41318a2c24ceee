#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemsetD2D32_v2(CUdeviceptr memory, size_t pitch, unsigned value, size_t width, size_t height) {
  return in_context([&] { return internal().fill(pointer(memory), pitch, value, 4, width, height, nullptr, true); });
}
