#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuMemAllocManaged(CUdeviceptr* out, size_t bytes, unsigned flags) {
  return in_context([&] { return cudaMallocManaged(reinterpret_cast<void**>(out), bytes, flags); });
}
