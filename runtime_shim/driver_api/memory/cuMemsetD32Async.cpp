#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemsetD32Async(CUdeviceptr memory, unsigned value, size_t count, CUstream stream) {
  return in_context([&] { return internal().fill(pointer(memory), 0, value, 4, count, 1, stream, false); });
}
