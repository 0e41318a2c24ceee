#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemsetD16_v2(CUdeviceptr memory, unsigned short value, size_t count) {
  return in_context([&] { return internal().fill(pointer(memory), 0, value, 2, count, 1, nullptr, true); });
}
