#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemsetD2D8_v2(CUdeviceptr memory, size_t pitch, unsigned char value, size_t width, size_t height) {
  return in_context([&] { return internal().fill(pointer(memory), pitch, value, 1, width, height, nullptr, true); });
}
